package io.cardverification.pacing;

/** Is told what a count cannot tell. Called on any thread, never under the pacer's lock; must not block and must not throw. */
interface PacerListener {

    /** Somebody has a permit. */
    void granted(QueueLane lane, long waitedNanos);

    /** The upstream refuses what the configuration allows; said once, until {@link #trusted}. */
    void doubted();

    /** It no longer does. */
    void trusted();

    /** The upstream has refused everything for a while; said at each beginning. */
    void lockedOut(int dismissed);
}
