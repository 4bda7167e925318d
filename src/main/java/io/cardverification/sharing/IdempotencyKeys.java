package io.cardverification.sharing;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.cardverification.verification.Charge;
import io.cardverification.verification.Conclusion;
import io.cardverification.verification.Outcome;
import io.cardverification.verification.VerificationFailure;

/**
 * Which question each key came with, and how that ended.
 *
 * <p>
 * What decided nothing and cost nothing is not kept, so that who was told to ask again may do so with the same key. All else
 * is, and above all an unknown charge.
 *
 * <p>
 * Rejected: letting the oldest go when it is full. Who repeats that key pays twice, and nobody sees it.
 *
 * <p>
 * Threads: any; its own lock guards it, for a few instructions.
 */
final class IdempotencyKeys {

    private static final class Entry {

        private final ByteBuffer fingerprint;
        private final Instant until;
        /** Null while it is in flight. */
        private @Nullable Kept kept;

        Entry(ByteBuffer fingerprint, Instant until) {
            this.fingerprint = fingerprint;
            this.until = until;
        }
    }

    private final SharingConfig.Idempotency config;
    /** The oldest first, and so those first whose time is over first. */
    private final Map<ByteBuffer, Entry> entries = new LinkedHashMap<>();

    IdempotencyKeys(SharingConfig.Idempotency config) {
        this.config = config;
    }

    /**
     * Ties the key to the question, if it is new.
     *
     * @return how that question has ended; null where it is to be asked, or is being asked
     * @throws VerificationFailure where the key came with another question, or cannot be remembered
     */
    synchronized @Nullable Kept claim(ByteBuffer key, ByteBuffer fingerprint, Instant now) {
        forget(now);
        var known = entries.get(key);
        if (known != null) {
            if (!known.fingerprint.equals(fingerprint)) {
                throw VerificationFailure.keyReused();
            }
            return known.kept;
        }
        if (entries.size() >= config.most()) {
            var oldest = entries.values().iterator().next();
            var wait = Duration.between(now, oldest.until);
            throw VerificationFailure.keysFull(wait.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : wait);
        }
        entries.put(key, new Entry(fingerprint, now.plus(config.keep())));
        return null;
    }

    /** @param conclusion null where nothing was sent */
    synchronized void ended(ByteBuffer key, @Nullable Conclusion conclusion, Instant now) {
        var entry = entries.get(key);
        if (entry == null) {
            return;
        }
        if (conclusion != null && isFinal(conclusion)) {
            entry.kept = new Kept(conclusion, now, entry.until);
        } else {
            entries.remove(key);
        }
    }

    private static boolean isFinal(Conclusion conclusion) {
        var result = conclusion.result();
        return conclusion.charge() == Charge.CHARGED || conclusion.charge() == Charge.UNKNOWN
                || (result != null && result.code().outcome() != Outcome.TRY_LATER);
    }

    /** What is in flight is still needed; nothing is for long. */
    private void forget(Instant now) {
        Iterator<Entry> oldest = entries.values().iterator();
        while (oldest.hasNext()) {
            var entry = oldest.next();
            if (entry.kept == null || now.isBefore(entry.until)) {
                return;
            }
            oldest.remove();
        }
    }

    synchronized int size() {
        return entries.size();
    }
}
