package io.cardverification.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Takes so many arrivals a second, by one of three readings of "20 requests per second".
 *
 * <p>
 * An arrival that is refused takes nobody's place. Threads: one, the sandbox's event loop.
 */
final class Policer {

    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** How a second is read. */
    enum LimitAlgorithm {
        /** Any second, wherever it begins: the strictest, and what the gateway keeps to. */
        SLIDING {
            @Override
            boolean tryAdmit(Policer policer, long atNanos) {
                expire(policer.admitted, atNanos);
                return policer.admitted.size() < policer.limit;
            }
        },
        /** Seconds of a clock, one behind the other: lets twice as many through around a boundary. */
        FIXED {
            @Override
            boolean tryAdmit(Policer policer, long atNanos) {
                var second = Math.floorDiv(atNanos, SECOND_NANOS);
                policer.admitted.removeIf(admittedNanos -> Math.floorDiv(admittedNanos, SECOND_NANOS) != second);
                return policer.admitted.size() < policer.limit;
            }
        },
        /** A token bucket: so many at once after a pause, then one at a time, evenly. */
        BUCKET {
            @Override
            boolean tryAdmit(Policer policer, long atNanos) {
                return policer.tryTakeToken(atNanos);
            }
        };

        abstract boolean tryAdmit(Policer policer, long atNanos);

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private LimitAlgorithm algorithm;
    private int limit;
    private final Deque<Long> admitted = new ArrayDeque<>();
    private final Deque<Long> arrivals = new ArrayDeque<>();

    /** When the bucket will be full again, on the arrivals' clock. */
    private long bucketFullNanos = Long.MIN_VALUE;

    Policer(LimitAlgorithm algorithm, int limit) {
        this.algorithm = algorithm;
        this.limit = limit;
    }

    /** From the next arrival on. */
    void change(LimitAlgorithm algorithm, int limit) {
        this.algorithm = algorithm;
        this.limit = limit;
    }

    /** Takes the arrival or refuses it. */
    boolean tryAcquire(long atNanos) {
        expire(arrivals, atNanos);
        arrivals.add(atNanos);
        var isAdmitted = algorithm.tryAdmit(this, atNanos);
        if (isAdmitted) {
            admitted.add(atNanos);
        }
        return isAdmitted;
    }

    /** Each token takes a limit-th of a second to come back. */
    private boolean tryTakeToken(long atNanos) {
        var tokenNanos = SECOND_NANOS / limit;
        var fullNanos = Math.max(bucketFullNanos, atNanos) + tokenNanos;
        if (fullNanos - atNanos > tokenNanos * limit) {
            return false;
        }
        bucketFullNanos = fullNanos;
        expire(admitted, atNanos); // kept for a change of the reading only
        return true;
    }

    /** In Tencent Cloud's words; clients are known to parse the two numbers. */
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
