package io.cardverification.pacing;

import java.time.Duration;

/**
 * N and J as the upstream has lately shown them, where its refusals say that what is configured is too much.
 *
 * <p>
 * Counts in rounds, each of N departures. A refusal in a round or two can be jitter: the margin grows. A third in a row cannot
 * be, since the margin has grown: the upstream allows fewer, either by its own limit or because someone else spends the same
 * key, and N falls by as many as it refused. After quiet rounds the margin shrinks by quarters, and one permit more is tried,
 * at longer and longer intervals while that fails.
 *
 * <p>
 * A cold start is a margin that has grown already: cold code, on either side, delays the first requests by far more than a
 * network does (measured: a first burst of 20 arrived up to 100 ms crowded).
 *
 * <p>
 * Rejected: reading the limit out of the refusal's message, whose wording is nobody's promise; lowering N at once, since that
 * costs a twentieth of the throughput where the cause is jitter.
 *
 * <p>
 * Nanoseconds. Threads: none of its own; the owner's lock guards it.
 */
final class AdaptiveLimit {

    private static final int JITTER_ROUNDS = 2;
    private static final int SETTLED_ROUNDS = 2;
    private static final int FIRST_TRIAL_ROUNDS = 8;
    /** At 15/s, a permit too many once in 32 rounds loses one of 480. */
    private static final int MOST_TRIAL_ROUNDS = 32;
    private static final int MOST_WINDOW_PART = 4;
    private static final int MOST_STEPS = 5;
    private static final long NEVER = -10;

    private enum Answer {
        MARGIN,
        LIMIT,
        TRIAL_ENDED
    }

    private final int most;
    private final long marginNanos;
    private final long stepNanos;
    private final long mostExtraNanos;

    private int limit;
    private long extraNanos;

    private long round;
    private int departures;
    private int quietRounds;

    private long refusedRound = NEVER;
    private int refusedInRound;
    private int refusedInARow;
    private Answer answer = Answer.MARGIN;
    private int limitBefore;
    private int limitBeforeRow;
    private long extraBeforeNanos;
    private boolean doubted;

    private boolean trial;
    private long trialRound;
    private int trialAfterRounds = FIRST_TRIAL_ROUNDS;

    /**
     * @param limit N, at least 1; never more than this
     * @param window W, above zero
     * @param margin J, zero or more; never less than this
     * @param coldMargin J at the start; at least {@code margin}
     */
    AdaptiveLimit(int limit, Duration window, Duration margin, Duration coldMargin) {
        Preconditions.require(limit >= 1, "limit must be at least 1, but is " + limit);
        Preconditions.require(window.compareTo(Duration.ZERO) > 0, "window must be above zero, but is " + window);
        Preconditions.require(!margin.isNegative(), "margin must not be negative, but is " + margin);
        Preconditions.require(coldMargin.compareTo(margin) >= 0,
                "cold-margin must be at least the margin, but is " + coldMargin);
        this.most = limit;
        this.limit = limit;
        this.marginNanos = margin.toNanos();
        this.stepNanos = Math.max(1, window.toNanos() / 100);
        this.limitBeforeRow = limit;
        this.extraNanos = coldMargin.minus(margin).toNanos();
        this.mostExtraNanos = Math.max(extraNanos, window.toNanos() / MOST_WINDOW_PART);
    }

    int most() {
        return most;
    }

    int limit() {
        return limit;
    }

    long marginNanos() {
        return marginNanos + extraNanos;
    }

    /** Whether the upstream has refused what the configuration allows, and that is not over yet. */
    boolean doubted() {
        return doubted;
    }

    /** @return the round of this departure, to be said where it is refused */
    long departed() {
        if (departures >= limit) {
            endRound();
            round++;
            departures = 0;
        }
        departures++;
        return round;
    }

    private void endRound() {
        if (refusedRound >= round - 1) {
            quietRounds = 0; // of the last round, answers may still have come in this one
            return;
        }
        quietRounds++;
        extraNanos -= (extraNanos + 3) / 4;
        if (trial && round - trialRound >= SETTLED_ROUNDS) {
            trial = false;
            trialAfterRounds = limit == most ? FIRST_TRIAL_ROUNDS : SETTLED_ROUNDS;
            quietRounds = 0;
        }
        if (!trial && limit < most && quietRounds >= trialAfterRounds) {
            trial = true;
            trialRound = round + 1;
            limit++;
            quietRounds = 0;
        }
        doubted &= trial || limit < most || extraNanos > stepNanos;
    }

    /** @param ofRound the round in which it departed */
    void refused(long ofRound) {
        doubted = true;
        if (ofRound < refusedRound) {
            return;
        }
        if (ofRound == refusedRound) {
            if (answer == Answer.LIMIT) {
                limit = Math.max(1, limitBefore - ++refusedInRound);
            }
            return;
        }
        refusedInARow = ofRound - refusedRound == 1 ? refusedInARow + 1 : 1;
        refusedRound = ofRound;
        if (trial && ofRound >= trialRound) {
            endTrial();
        } else if (refusedInARow <= JITTER_ROUNDS) {
            widen();
        } else {
            lower();
        }
    }

    /** Nothing at all is let through, which tells nothing of how many would be: as before it began. */
    void lockedOut() {
        if (refusedInARow > 0) {
            limit = limitBeforeRow;
            extraNanos = Math.min(extraNanos, extraBeforeNanos);
            refusedInARow = 0;
            refusedRound = round;
            answer = Answer.MARGIN;
        }
    }

    private void endTrial() {
        answer = Answer.TRIAL_ENDED;
        refusedInARow = 0;
        trial = false;
        limit--;
        trialAfterRounds = Math.min(MOST_TRIAL_ROUNDS, Math.max(FIRST_TRIAL_ROUNDS, trialAfterRounds * 2));
    }

    private void widen() {
        answer = Answer.MARGIN;
        if (refusedInARow == 1) {
            extraBeforeNanos = extraNanos;
            limitBeforeRow = limit;
        }
        extraNanos = Math.min(mostExtraNanos, extraNanos + Math.min(MOST_STEPS * stepNanos, Math.max(extraNanos, stepNanos)));
    }

    private void lower() {
        answer = Answer.LIMIT;
        trial = false;
        trialAfterRounds = FIRST_TRIAL_ROUNDS;
        extraNanos = Math.min(extraNanos, extraBeforeNanos);
        limitBefore = limit;
        refusedInRound = 1;
        limit = Math.max(1, limit - 1);
    }
}
