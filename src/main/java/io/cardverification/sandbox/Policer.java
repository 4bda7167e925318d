package io.cardverification.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Counts arrivals in a sliding second, which is the strictest reading of "20 requests per second".
 *
 * <p>
 * An arrival that is refused takes nobody's place. Threads: one, the sandbox's event loop.
 */
final class Policer {

    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);

    private int limit;
    private final Deque<Long> admitted = new ArrayDeque<>();
    private final Deque<Long> refused = new ArrayDeque<>();

    Policer(int limit) {
        this.limit = limit;
    }

    /** From the next arrival on. */
    void limit(int limit) {
        this.limit = limit;
    }

    int limit() {
        return limit;
    }

    /** Takes the arrival or refuses it. */
    boolean admits(long atNanos) {
        forget(admitted, atNanos);
        forget(refused, atNanos);
        var admits = admitted.size() < limit;
        (admits ? admitted : refused).add(atNanos);
        return admits;
    }

    /** In Tencent Cloud's words; clients are known to parse the two numbers. */
    String message() {
        return String.format(Locale.ROOT,
                "Your current request times equals to `%d` in a second, which exceeds the frequency limit `%d` for a second. Please reduce the frequency of calls.",
                admitted.size() + refused.size(), limit);
    }

    private static void forget(Deque<Long> arrivals, long nowNanos) {
        while (!arrivals.isEmpty() && nowNanos - arrivals.getFirst() >= WINDOW_NANOS) {
            arrivals.removeFirst();
        }
    }
}
