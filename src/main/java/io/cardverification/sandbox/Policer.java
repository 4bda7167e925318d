package io.cardverification.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import io.cardverification.label.KebabCase;

/**
 * A rate limiter by one of three interpretations of "20 requests per second".
 *
 * <p>
 * A rejected request does not count against the limit. Threads: one, the sandbox's event loop.
 */
final class Policer {

    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** How a second is counted. */
    enum LimitAlgorithm {
        /** Any interval of one second: the strictest, and the one that the gateway observes. */
        SLIDING_WINDOW {
            @Override
            boolean tryAdmit(Policer policer, long atNanos) {
                expire(policer.admitted, atNanos);
                return policer.admitted.size() < policer.limit;
            }
        },
        /** Consecutive seconds of a clock: admits up to twice the limit around a boundary. */
        FIXED_WINDOW {
            @Override
            boolean tryAdmit(Policer policer, long atNanos) {
                var second = Math.floorDiv(atNanos, SECOND_NANOS);
                policer.admitted.removeIf(admittedNanos -> Math.floorDiv(admittedNanos, SECOND_NANOS) != second);
                return policer.admitted.size() < policer.limit;
            }
        },
        /** A token bucket: admits a burst after a pause, then one request at a time, evenly. */
        TOKEN_BUCKET {
            @Override
            boolean tryAdmit(Policer policer, long atNanos) {
                return policer.tryTakeToken(atNanos);
            }
        };

        abstract boolean tryAdmit(Policer policer, long atNanos);

        @Override
        public String toString() {
            return KebabCase.of(this);
        }
    }

    private LimitAlgorithm algorithm;
    private int limit;
    private final Deque<Long> admitted = new ArrayDeque<>();
    private final Deque<Long> arrivals = new ArrayDeque<>();

    /** When the bucket is full again, on the clock of the requests. */
    private long bucketFullNanos = Long.MIN_VALUE;

    Policer(LimitAlgorithm algorithm, int limit) {
        this.algorithm = algorithm;
        this.limit = limit;
    }

    /** Takes effect from the next request on. */
    void change(LimitAlgorithm algorithm, int limit) {
        this.algorithm = algorithm;
        this.limit = limit;
    }

    /** Returns whether the request is admitted. */
    boolean tryAcquire(long atNanos) {
        expire(arrivals, atNanos);
        arrivals.add(atNanos);
        var isAdmitted = algorithm.tryAdmit(this, atNanos);
        if (isAdmitted) {
            admitted.add(atNanos);
        }
        return isAdmitted;
    }

    /** Each token needs 1/limit of a second to return. */
    private boolean tryTakeToken(long atNanos) {
        var tokenNanos = SECOND_NANOS / limit;
        var fullNanos = Math.max(bucketFullNanos, atNanos) + tokenNanos;
        if (fullNanos - atNanos > tokenNanos * limit) {
            return false;
        }
        bucketFullNanos = fullNanos;
        expire(admitted, atNanos); // kept only for a change of the algorithm
        return true;
    }

    /** The message in Tencent Cloud's words; some clients parse its two numbers. */
    String message() {
        return String.format(Locale.ROOT,
                "Your current request times equals to `%d` in a second, which exceeds the frequency limit `%d` for a second. Please reduce the frequency of calls.",
                arrivals.size(), limit);
    }

    private static void expire(Deque<Long> arrivals, long nowNanos) {
        while (!arrivals.isEmpty() && nowNanos - arrivals.getFirst() >= SECOND_NANOS) {
            arrivals.removeFirst();
        }
    }
}
