package io.cardverification.pacing;

/** The priority of a waiter. */
public enum QueueLane {
    /** A person waits for the result: served first. */
    INTERACTIVE,
    /** Served with the permits that {@link #INTERACTIVE} does not use, and with a minimum share, so that it never starves. */
    BATCH
}
