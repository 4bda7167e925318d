package io.cardverification.pacing;

/**
 * Leave to send one request. Whoever holds it says when the request leaves.
 *
 * <p>
 * Threads: any. Never blocks, never throws. A holder that ends without a word is taken to have left at its end, which is late
 * and so never too early for those behind it.
 */
public final class Permit {

    private enum State {
        HELD,
        DEPARTED,
        ENDED
    }

    private final Pacer pacer;
    /** Written under the pacer's lock only; read by anyone. */
    private volatile State state = State.HELD;
    private long round;

    Permit(Pacer pacer) {
        this.pacer = pacer;
    }

    /** The request leaves now: its connection stands and its bytes are about to be written. The first call counts. */
    public void departed() {
        pacer.departed(this);
    }

    /** Whether {@link #departed} was said: what fails before that was never sent. */
    public boolean hasDeparted() {
        return state == State.DEPARTED;
    }

    /** @return what the log has to be told */
    Departure depart() {
        var departure = switch (state) {
            case HELD -> Departure.OF_HOLDER;
            case DEPARTED -> Departure.NONE;
            case ENDED -> Departure.OF_STRAGGLER;
        };
        state = State.DEPARTED;
        return departure;
    }

    /** @return whether the end has to count as the departure */
    boolean end() {
        var held = state == State.HELD;
        state = held ? State.ENDED : state;
        return held;
    }

    /** @param round of the allowance */
    void stamp(long round) {
        this.round = round;
    }

    long round() {
        return round;
    }

    /** How a departure changes the log. */
    enum Departure {
        NONE,
        OF_HOLDER,
        /** Cancelled, and its request left all the same: what cannot be called back has to be counted again. */
        OF_STRAGGLER
    }
}
