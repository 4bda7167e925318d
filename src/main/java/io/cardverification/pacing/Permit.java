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

    /**
     * The request leaves now: its connection stands and its bytes are about to be written. The first call counts.
     *
     * @return whether it may: false where it was withdrawn before, and then it must not
     */
    public boolean departed() {
        return pacer.departed(this);
    }

    /**
     * Sees to it that what has not left never will.
     *
     * @return whether that is so; false where it left before
     */
    public boolean withdraw() {
        return pacer.withdraw(this);
    }

    /** Whether {@link #departed} was said in time: what fails before that was never sent. */
    public boolean hasDeparted() {
        return state == State.DEPARTED;
    }

    /** Whether it ended without a departure, so that there will be none. */
    public boolean isWithdrawn() {
        return state == State.ENDED;
    }

    /** @return whether it was held until now */
    boolean depart() {
        return leave(State.DEPARTED);
    }

    /** @return whether it was held until now */
    boolean end() {
        return leave(State.ENDED);
    }

    private boolean leave(State next) {
        var held = state == State.HELD;
        state = held ? next : state;
        return held;
    }

    /** @param round of the allowance */
    void stamp(long round) {
        this.round = round;
    }

    long round() {
        return round;
    }
}
