package io.cardverification.pacing;

import java.time.Duration;
import java.util.List;

/**
 * The permits of a pacer that shares its limit with other processes. It starts without permits, and its owner grants and
 * takes them.
 *
 * <p>
 * Threads: any. No method blocks or throws. Permits have no identity: the pacer only counts them and remembers its
 * departures.
 */
public interface LeasedPermits {

    /** No request departs outside a lease. Replaces the last lease. */
    void extend(Lease lease);

    /**
     * The lease has ended, and the store does not answer: rejects all waiters, and those that join before the next
     * {@link #extend}.
     *
     * @param retryAfter above zero
     */
    void lose(Duration retryAfter);

    /**
     * Adds one permit.
     *
     * @param restNanos it is free after this time from now
     */
    void grant(long restNanos);

    /** Another process may own these permits now, rested or not. A request that is about to depart may be denied. */
    void withdraw(int count);

    /**
     * Removes permits that have rested and are not held.
     *
     * @return how many, at most {@code max}
     */
    int giveUp(int max);

    /**
     * Removes all permits that are not held, rested or not.
     *
     * @return the rest of each in nanoseconds
     */
    List<Long> giveUpAll();

    /**
     * @param permits how many this pacer will own soon, for predicted waits
     * @param usable how many it may use at once. A permit above this number remains unused when it has rested, so that it
     *        can be given up although tasks wait
     * @param marginNanos the largest J of all processes; every permit of this pacer rests W and at least this time
     */
    void expect(int permits, int usable, long marginNanos);

    /** Takes over N as another process has adapted it for all. */
    void adoptLimit(int limit);

    /**
     * Counts what all processes have sent, and adapts N and J.
     *
     * @param departures since the last call
     * @param rejections since the last call, by the upstream's limit; zero unless this process adapts the limit for all
     */
    void observe(long departures, long rejections);

    PermitDemand demand();
}
