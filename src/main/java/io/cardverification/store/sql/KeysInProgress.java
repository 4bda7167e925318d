package io.cardverification.store.sql;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.cardverification.store.CallId;
import io.cardverification.store.KeyClaim;
import io.cardverification.verification.Charge;
import io.cardverification.verification.Completion;
import io.cardverification.verification.Fingerprint;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;

/**
 * The keys of this process whose requests are in progress or whose completion is not written yet.
 *
 * <p>
 * Threads: any; its own lock guards it, for a few instructions.
 */
final class KeysInProgress {

    private static final class Entry {

        private final Fingerprint values;
        private int requests;
        private int unwritten;
        /** The calls that may have bound the key in the database. */
        private final Set<CallId> calls = new HashSet<>();
        private @Nullable DatedCompletion completion;

        Entry(Fingerprint values) {
            this.values = values;
        }
    }

    private final Map<Fingerprint, Entry> entries = new HashMap<>();
    /** With the number of releases that are not written yet. */
    private final Map<Fingerprint, Integer> releasing = new HashMap<>();

    /** @return the completion of the key or its rejection; empty if the request counts from now on */
    synchronized Optional<Completion> acquire(KeyClaim claim, long nowMillis) {
        var entry = entries.computeIfAbsent(claim.key(), key -> new Entry(claim.values()));
        if (!entry.values.equals(claim.values())) {
            return Optional.of(VerificationFailure.of(Reason.IDEMPOTENCY_KEY_REUSED));
        }
        if (entry.completion != null) {
            return Optional.of(entry.completion.replay(nowMillis));
        }
        entry.requests++;
        return Optional.empty();
    }

    /** A call binds the key in the database. */
    synchronized void bind(KeyClaim claim, CallId call) {
        var entry = entries.get(claim.key());
        if (entry != null) {
            entry.calls.add(call);
        }
    }

    /** The completion of a key in progress. */
    synchronized Optional<Completion> completion(KeyClaim claim, long nowMillis) {
        return Optional.ofNullable(entries.get(claim.key())).map(entry -> entry.completion)
                .map(completion -> completion.replay(nowMillis));
    }

    /** A request that was acquired does not proceed. */
    synchronized void abandon(KeyClaim claim) {
        var entry = entries.get(claim.key());
        if (entry != null) {
            entry.requests--;
            removeIdle(claim, entry);
        }
    }

    /**
     * A request ends with a final completion. {@link #written} follows.
     *
     * <p>
     * The first final completion is kept, and a known charge replaces an unknown one.
     */
    synchronized void settle(KeyClaim claim, DatedCompletion completion) {
        var entry = entries.get(claim.key());
        if (entry == null) {
            return;
        }
        entry.requests--;
        entry.unwritten++;
        var earlier = entry.completion;
        if (earlier == null || (earlier.completion().charge() == Charge.UNKNOWN
                && completion.completion().charge() != Charge.UNKNOWN)) {
            entry.completion = completion;
        }
    }

    synchronized void written(KeyClaim claim) {
        var entry = entries.get(claim.key());
        if (entry != null) {
            entry.unwritten--;
            removeIdle(claim, entry);
        }
    }

    /**
     * A request ends without a final completion.
     *
     * @return the calls from which the database must release the key, and {@link #released} follows. Empty if it was not the
     *         last request, or if no call has bound the key
     */
    synchronized Set<CallId> release(KeyClaim claim) {
        var entry = entries.get(claim.key());
        if (entry == null) {
            return Set.of();
        }
        entry.requests--;
        removeIdle(claim, entry);
        if (entry.calls.isEmpty() || entry.requests > 0 || entry.completion != null) {
            return Set.of();
        }
        releasing.merge(claim.key(), 1, Integer::sum);
        return entry.calls;
    }

    /** The database has released the key. */
    synchronized void released(KeyClaim claim) {
        releasing.computeIfPresent(claim.key(), (key, count) -> count > 1 ? count - 1 : null);
    }

    /** Whether the database still has a key that is released. */
    synchronized boolean isReleasing(KeyClaim claim) {
        return releasing.containsKey(claim.key());
    }

    private void removeIdle(KeyClaim claim, Entry entry) {
        if (entry.requests <= 0 && entry.unwritten <= 0) {
            entries.remove(claim.key());
        }
    }

    synchronized int size() {
        return entries.size();
    }
}
