package io.cardverification.pacing;

/** Who is served first where both wait. */
public enum QueueLane {
    /** Somebody waits for the answer: first. */
    INTERACTIVE,
    /** Nobody does: whatever is left, and a floor share of everything, so that it never starves. */
    BATCH
}
