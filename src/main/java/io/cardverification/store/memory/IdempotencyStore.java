package io.cardverification.store.memory;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

import org.jspecify.annotations.Nullable;

import io.cardverification.verification.Charge;
import io.cardverification.verification.Completion;
import io.cardverification.verification.Fingerprint;
import io.cardverification.verification.StoredCompletion;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;

/**
 * The values and the completion of each idempotency key, in memory.
 *
 * <p>
 * No caller excludes the others: a new key is rejected if its caller has three times as many keys as are free (the dynamic
 * threshold of Choudhury and Hahne, 1998, for shared buffers). One caller has at most three quarters of the keys and leaves a
 * quarter; two callers leave at least a sixteenth. Keys in flight count.
 *
 * <p>
 * Rejected: removing the oldest key when the store is full. A caller that repeats it would pay twice without notice. Rejected:
 * an equal part for each known caller. It changes with the file of callers, and reserves most of the store for callers that use
 * no keys.
 *
 * <p>
 * Threads: any; its own lock guards it, for a few instructions, or for some thousand if a key is rejected.
 */
final class IdempotencyStore {

    private static final int THRESHOLD = 3;
    /** Keeps rejections cheap. {@code Retry-After} is too early if more keys than this have to expire. */
    private static final int MAX_SCANNED = 1_000;
    private static final Duration MIN_RETRY_AFTER = Duration.ofSeconds(1);

    private static final class Entry {

        private final String caller;
        private final Fingerprint key;
        private final Fingerprint values;
        /** Requests in progress with this key. */
        private int inFlight = 1;
        /** Null while no request has a final completion. */
        private @Nullable StoredCompletion stored;

        Entry(String caller, Fingerprint key, Fingerprint values) {
            this.caller = caller;
            this.key = key;
            this.values = values;
        }
    }

    private final int maxEntries;
    private final long ttlNanos;
    private final Map<Fingerprint, Entry> entries = new HashMap<>();
    private final Map<String, Integer> countsByCaller = new HashMap<>();
    /** Completed entries, the oldest first, which also expire first. */
    private final Queue<Entry> expiring = new ArrayDeque<>();

    IdempotencyStore(int maxEntries, Duration ttl) {
        this.maxEntries = maxEntries;
        this.ttlNanos = ttl.toNanos();
    }

    /**
     * Binds the caller's key to the values, if the key is new.
     *
     * @return the completion of the key or the rejection; empty if the request must proceed, and then {@link #settle} follows
     */
    synchronized Optional<Completion> claim(String caller, Fingerprint key, Fingerprint values, long nowNanos) {
        expire(nowNanos);
        var known = entries.get(key);
        if (known != null) {
            if (!known.values.equals(values)) {
                return Optional.of(VerificationFailure.of(Reason.IDEMPOTENCY_KEY_REUSED));
            }
            if (known.stored != null) {
                return Optional.of(known.stored.replay(nowNanos));
            }
            known.inFlight++;
            return Optional.empty();
        }
        var excess = excess(caller);
        if (excess > 0) {
            return Optional.of(VerificationFailure.notSent(Reason.IDEMPOTENCY_STORE_FULL,
                    untilKeyAllowed(caller, excess, nowNanos)));
        }
        entries.put(key, new Entry(caller, key, values));
        countsByCaller.merge(caller, 1, Integer::sum);
        return Optional.empty();
    }

    /** How far one more key would exceed the caller's threshold; zero or less if the key is allowed. */
    private int excess(String caller) {
        var free = maxEntries - entries.size();
        return countsByCaller.getOrDefault(caller, 0) + 1 - THRESHOLD * free;
    }

    /** Each key that expires is free; one of the caller's own also lowers the caller's count. */
    private Duration untilKeyAllowed(String caller, int excess, long nowNanos) {
        var left = excess;
        var scanned = 0;
        var untilNanos = nowNanos;
        for (var entry : expiring) {
            if (left <= 0 || scanned++ == MAX_SCANNED) {
                break;
            }
            left -= entry.caller.equals(caller) ? THRESHOLD + 1 : THRESHOLD;
            untilNanos = entry.stored == null ? untilNanos : entry.stored.expiresNanos();
        }
        var wait = Duration.ofNanos(untilNanos - nowNanos);
        return wait.compareTo(MIN_RETRY_AFTER) < 0 ? MIN_RETRY_AFTER : wait;
    }

    /** The completion of a claimed key; empty while no request with the key has a final one. */
    synchronized Optional<Completion> find(Fingerprint key, long nowNanos) {
        return Optional.ofNullable(entries.get(key)).map(entry -> entry.stored).map(stored -> stored.replay(nowNanos));
    }

    /**
     * Once for each claim. The first final completion is kept, and a known charge replaces an unknown one. Without a final
     * completion, the last request in progress releases the key.
     */
    synchronized void settle(Fingerprint key, Completion completion, long nowNanos) {
        var entry = entries.get(key);
        if (entry == null) {
            return;
        }
        entry.inFlight--;
        var stored = entry.stored;
        if (stored == null && completion.isFinal()) {
            entry.stored = StoredCompletion.of(completion, nowNanos, nowNanos + ttlNanos);
            expiring.add(entry);
        } else if (stored == null && entry.inFlight == 0) {
            remove(entry);
        } else if (stored != null && stored.completion().charge() == Charge.UNKNOWN
                && completion.isFinal() && completion.charge() != Charge.UNKNOWN) {
            entry.stored = StoredCompletion.of(completion, nowNanos, stored.expiresNanos());
        }
    }

    private void expire(long nowNanos) {
        for (var oldest = expiring.peek(); oldest != null && isExpired(oldest, nowNanos); oldest = expiring.peek()) {
            expiring.remove();
            remove(oldest);
        }
    }

    private void remove(Entry entry) {
        entries.remove(entry.key);
        countsByCaller.computeIfPresent(entry.caller, (caller, count) -> count > 1 ? count - 1 : null);
    }

    private static boolean isExpired(Entry entry, long nowNanos) {
        return entry.stored != null && entry.stored.isExpired(nowNanos);
    }

    synchronized int size() {
        return entries.size();
    }
}
