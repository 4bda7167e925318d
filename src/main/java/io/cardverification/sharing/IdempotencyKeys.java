package io.cardverification.sharing;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

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
 * No caller shuts others out: a new key is refused if its caller has three times as many keys as are free (the dynamic
 * threshold of Choudhury and Hahne, 1998, for shared buffers). One caller has at most three quarters of the keys, and leaves a
 * quarter; two leave at least a sixteenth. Keys in flight count.
 *
 * <p>
 * Rejected: letting the oldest go when it is full. Who repeats that key pays twice, and nobody sees it. Rejected: an equal part
 * for each known caller, which changes with the file of callers and gives most of the room to callers that use none.
 *
 * <p>
 * Threads: any; its own lock guards it, for a few instructions, or for some thousand where a key is refused.
 */
final class IdempotencyKeys {

    private static final int THRESHOLD = 3;
    /** Of a refusal, so that refusals cost little: {@code Retry-After} is too early if more keys than that have to end. */
    private static final int MOST_LOOKED_AT = 1_000;
    private static final Duration SOON = Duration.ofSeconds(1);

    private static final class Entry {

        private final String caller;
        private final ByteBuffer key;
        private final ByteBuffer fingerprint;
        /** Null while it is in flight. */
        private @Nullable Kept kept;

        Entry(String caller, ByteBuffer key, ByteBuffer fingerprint) {
            this.caller = caller;
            this.key = key;
            this.fingerprint = fingerprint;
        }
    }

    private final SharingConfig.Idempotency config;
    private final Map<ByteBuffer, Entry> entries = new HashMap<>();
    private final Map<String, Integer> countsByCaller = new HashMap<>();
    /** Those that are kept, the oldest first, and so those first whose time is over first. */
    private final Queue<Entry> expiring = new ArrayDeque<>();

    IdempotencyKeys(SharingConfig.Idempotency config) {
        this.config = config;
    }

    /**
     * Ties the caller's key to the question, if it is new.
     *
     * @return how that question has ended; null where it is to be asked, or is being asked
     * @throws VerificationFailure where the key came with another question, or cannot be remembered
     */
    synchronized @Nullable Kept claim(String caller, ByteBuffer key, ByteBuffer fingerprint, long nowNanos) {
        expire(nowNanos);
        var known = entries.get(key);
        if (known != null) {
            if (!known.fingerprint.equals(fingerprint)) {
                throw VerificationFailure.keyReused();
            }
            return known.kept;
        }
        var excess = excess(caller);
        if (excess > 0) {
            throw VerificationFailure.keysFull(untilRoom(caller, excess, nowNanos));
        }
        entries.put(key, new Entry(caller, key, fingerprint));
        countsByCaller.merge(caller, 1, Integer::sum);
        return null;
    }

    /** By how much the caller's threshold would be passed by one more key; zero or less if it may have one. */
    private int excess(String caller) {
        var free = config.most() - entries.size();
        return countsByCaller.getOrDefault(caller, 0) + 1 - THRESHOLD * free;
    }

    /** Each key that ends is free, and one of the caller's own is one fewer, too. */
    private Duration untilRoom(String caller, int excess, long nowNanos) {
        var left = excess;
        var looked = 0;
        var untilNanos = nowNanos;
        for (var entry : expiring) {
            if (left <= 0 || looked++ == MOST_LOOKED_AT) {
                break;
            }
            left -= entry.caller.equals(caller) ? THRESHOLD + 1 : THRESHOLD;
            untilNanos = entry.kept == null ? untilNanos : entry.kept.untilNanos();
        }
        var wait = Duration.ofNanos(untilNanos - nowNanos);
        return wait.compareTo(SOON) < 0 ? SOON : wait;
    }

    /**
     * @param conclusion null where nothing was sent
     * @param atNanos when it ended, now or before
     */
    synchronized void ended(ByteBuffer key, @Nullable Conclusion conclusion, long atNanos, long nowNanos) {
        var entry = entries.get(key);
        if (entry == null || entry.kept != null) {
            return;
        }
        if (conclusion != null && isFinal(conclusion)) {
            entry.kept = new Kept(conclusion, atNanos, nowNanos + config.keep().toNanos());
            expiring.add(entry);
        } else {
            remove(entry);
        }
    }

    private static boolean isFinal(Conclusion conclusion) {
        var result = conclusion.result();
        return conclusion.charge() == Charge.CHARGED || conclusion.charge() == Charge.UNKNOWN
                || (result != null && result.code().outcome() != Outcome.TRY_LATER);
    }

    private void expire(long nowNanos) {
        for (var oldest = expiring.peek(); oldest != null && isOver(oldest, nowNanos); oldest = expiring.peek()) {
            expiring.remove();
            remove(oldest);
        }
    }

    private void remove(Entry entry) {
        entries.remove(entry.key);
        countsByCaller.computeIfPresent(entry.caller, (caller, count) -> count > 1 ? count - 1 : null);
    }

    private static boolean isOver(Entry entry, long nowNanos) {
        return entry.kept != null && entry.kept.isOver(nowNanos);
    }

    synchronized int size() {
        return entries.size();
    }
}
