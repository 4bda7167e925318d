package io.cardverification.pacing;

/**
 * The right to send one request. Its holder reports when the request is sent.
 *
 * <p>
 * Threads: any. No method blocks or throws. If an attempt ends without a report, the pacer counts a departure at that time.
 * This is later than the real one, and so never too early for the next request.
 */
public final class Permit {

    /** Serialises the state changes of a permit. */
    interface Owner {

        boolean markSent(Permit permit);

        boolean revoke(Permit permit);
    }

    private enum State {
        HELD,
        SENT,
        ENDED,
        /** Ended, since the pacer had lost the permit when the sender reported the departure. */
        DENIED
    }

    private final Owner owner;
    /** Written under the pacer's lock only; read by any thread. */
    private volatile State state = State.HELD;
    private long round;

    Permit(Owner owner) {
        this.owner = owner;
    }

    /**
     * Reports that the request is sent now: the connection is open and the next step writes the bytes. The first call
     * counts.
     *
     * @return whether the request may be sent; false if the permit was revoked before, or is no longer the pacer's. Then
     *         the sender sends nothing and ends the attempt, and the task keeps its place at the head of the queue
     */
    public boolean markSent() {
        return owner.markSent(this);
    }

    /**
     * Prevents the request from being sent.
     *
     * @return true if the request will never be sent; false if it was sent before
     */
    public boolean revoke() {
        return owner.revoke(this);
    }

    /** Whether the request was sent. A failure before that time cost nothing. */
    public boolean isSent() {
        return state == State.SENT;
    }

    /** Whether the permit ended before the request was sent, so that it will never be sent. */
    public boolean endedUnsent() {
        return state == State.ENDED || state == State.DENIED;
    }

    /** @return whether the permit was held until now */
    boolean toSent() {
        return leaveHeld(State.SENT);
    }

    /** @return whether the permit was held until now */
    boolean toEnded() {
        return leaveHeld(State.ENDED);
    }

    /** @return whether the permit was held until now */
    boolean toDenied() {
        return leaveHeld(State.DENIED);
    }

    /** Whether {@link #markSent} has returned false, since the pacer had lost the permit. Its task queues again. */
    public boolean isDenied() {
        return state == State.DENIED;
    }

    private boolean leaveHeld(State next) {
        var held = state == State.HELD;
        state = held ? next : state;
        return held;
    }

    /** @param round the round of {@link AdaptiveLimit} in which the request departed */
    void assignRound(long round) {
        this.round = round;
    }

    long round() {
        return round;
    }
}
