package io.cardverification.store.memory;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.cardverification.verification.CallerRequest.SharingKey;
import io.cardverification.verification.Completion;
import io.cardverification.verification.StoredCompletion;

/**
 * Results that answer the same question again; the oldest are removed first. Threads: any; its own lock guards the map, for a
 * few instructions.
 */
final class KeptAnswers {

    private final int maxEntries;
    /** The oldest first. */
    private final Map<SharingKey, StoredCompletion> answers = new LinkedHashMap<>();

    KeptAnswers(int maxEntries) {
        this.maxEntries = maxEntries;
    }

    synchronized Optional<Completion> find(SharingKey question, long nowNanos) {
        var stored = answers.get(question);
        if (stored == null) {
            return Optional.empty();
        }
        if (stored.isExpired(nowNanos)) {
            answers.remove(question);
            return Optional.empty();
        }
        return Optional.of(stored.replay(nowNanos));
    }

    synchronized void put(SharingKey question, StoredCompletion answer) {
        answers.remove(question);
        if (answers.size() >= maxEntries) {
            var oldest = answers.values().iterator();
            oldest.next();
            oldest.remove();
        }
        answers.put(question, answer);
    }
}
