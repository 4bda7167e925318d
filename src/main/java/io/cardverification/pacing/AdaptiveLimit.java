package io.cardverification.pacing;

import java.time.Duration;

/**
 * N and J, adapted to the upstream's rejections if those show that the configuration is too high.
 *
 * <p>
 * Counts in rounds of N departures. Jitter can cause rejections in one or two rounds, so those increase the margin. A
 * third round in a row has another cause: the upstream allows fewer requests, or another client uses the same key. Then
 * N decreases by the number of rejections. After quiet rounds the margin shrinks by quarters, and a probe allows one
 * permit more. The interval between probes grows while they fail.
 *
 * <p>
 * A cold start begins with an increased margin. Cold code on either side delays the first requests far more than a
 * network does (measured: the first 20 requests arrived up to 100 ms closer together).
 *
 * <p>
 * Rejected: reading the limit from the rejection's message, since its wording is not documented. Rejected: decreasing N
 * at once, since that costs a twentieth of the throughput if the cause is jitter.
 *
 * <p>
 * Nanoseconds. Threads: not synchronised; the pacer's lock guards it.
 */
final class AdaptiveLimit {

    private static final int JITTER_ROUNDS = 2;
    private static final int PROBE_SETTLED_ROUNDS = 2;
    private static final int FIRST_PROBE_ROUNDS = 8;
    /** At 15/s, a failed probe every 32 rounds costs one request of 480. */
    private static final int MAX_PROBE_ROUNDS = 32;
    private static final int MAX_WINDOW_DIVISOR = 4;
    private static final int MAX_STEPS = 5;
    private static final long NEVER = -10;

    private enum Response {
        MARGIN,
        LIMIT,
        PROBE_ENDED
    }

    private final int configuredLimit;
    private final long marginNanos;
    private final long stepNanos;
    private final long maxExtraNanos;

    private int limit;
    private long extraNanos;

    private long round;
    private int departures;
    private int quietRounds;

    private long rejectedRound = NEVER;
    private int rejectedInRound;
    private int rejectedInARow;
    private Response response = Response.MARGIN;
    private int limitBefore;
    private int limitBeforeRow;
    private long extraBeforeNanos;
    private boolean degraded;

    private boolean probing;
    private long probeRound;
    private int probeAfterRounds = FIRST_PROBE_ROUNDS;

    /**
     * @param limit N, at least 1; the adapted limit never exceeds it
     * @param window W, above zero
     * @param margin J, zero or more; the adapted margin never falls below it
     * @param startupMargin J at the start; at least {@code margin}
     */
    AdaptiveLimit(int limit, Duration window, Duration margin, Duration startupMargin) {
        Preconditions.require(limit >= 1, "limit must be at least 1, but is " + limit);
        Preconditions.require(window.compareTo(Duration.ZERO) > 0, "window must be above zero, but is " + window);
        Preconditions.require(!margin.isNegative(), "margin must not be negative, but is " + margin);
        Preconditions.require(startupMargin.compareTo(margin) >= 0,
                "startup-margin must be at least the margin, but is " + startupMargin);
        this.configuredLimit = limit;
        this.limit = limit;
        this.marginNanos = margin.toNanos();
        this.stepNanos = Math.max(1, window.toNanos() / 100);
        this.limitBeforeRow = limit;
        this.extraNanos = startupMargin.minus(margin).toNanos();
        this.maxExtraNanos = Math.max(extraNanos, window.toNanos() / MAX_WINDOW_DIVISOR);
    }

    int configuredLimit() {
        return configuredLimit;
    }

    int limit() {
        return limit;
    }

    long configuredMarginNanos() {
        return marginNanos;
    }

    /** The round of the departures now, for rejections that are counted without their departure. */
    long round() {
        return round;
    }

    /** Takes over what another process has adapted. */
    void adopt(int limit) {
        this.limit = Math.max(1, Math.min(configuredLimit, limit));
        this.probing = false;
        this.degraded = this.limit < configuredLimit;
    }

    long marginNanos() {
        return marginNanos + extraNanos;
    }

    /** Whether the upstream rejects what the configuration allows. It lasts until quiet rounds have restored the limit. */
    boolean isDegraded() {
        return degraded;
    }

    /** @return the round of this departure, for {@link #onRejection} */
    long recordDeparture() {
        if (departures >= limit) {
            endRound();
            round++;
            departures = 0;
        }
        departures++;
        return round;
    }

    private void endRound() {
        if (rejectedRound >= round - 1) {
            quietRounds = 0; // responses of the last round can arrive in this one
            return;
        }
        quietRounds++;
        extraNanos -= (extraNanos + 3) / 4;
        if (probing && round - probeRound >= PROBE_SETTLED_ROUNDS) {
            probing = false;
            probeAfterRounds = limit == configuredLimit ? FIRST_PROBE_ROUNDS : PROBE_SETTLED_ROUNDS;
            quietRounds = 0;
        }
        if (!probing && limit < configuredLimit && quietRounds >= probeAfterRounds) {
            probing = true;
            probeRound = round + 1;
            limit++;
            quietRounds = 0;
        }
        degraded &= probing || limit < configuredLimit || extraNanos > stepNanos;
    }

    /** @param ofRound the round in which the request departed */
    void onRejection(long ofRound) {
        degraded = true;
        if (ofRound < rejectedRound) {
            return;
        }
        if (ofRound == rejectedRound) {
            if (response == Response.LIMIT) {
                limit = Math.max(1, limitBefore - ++rejectedInRound);
            }
            return;
        }
        rejectedInARow = ofRound - rejectedRound == 1 ? rejectedInARow + 1 : 1;
        rejectedRound = ofRound;
        if (probing && ofRound >= probeRound) {
            endProbe();
        } else if (rejectedInARow <= JITTER_ROUNDS) {
            increaseMargin();
        } else {
            decreaseLimit();
        }
    }

    /** The upstream rejects everything, which says nothing about its limit: restores the values before the rejections began. */
    void onOverload() {
        if (rejectedInARow > 0) {
            limit = limitBeforeRow;
            extraNanos = Math.min(extraNanos, extraBeforeNanos);
            rejectedInARow = 0;
            rejectedRound = round;
            response = Response.MARGIN;
        }
    }

    private void endProbe() {
        response = Response.PROBE_ENDED;
        rejectedInARow = 0;
        probing = false;
        limit--;
        probeAfterRounds = Math.min(MAX_PROBE_ROUNDS, Math.max(FIRST_PROBE_ROUNDS, probeAfterRounds * 2));
    }

    private void increaseMargin() {
        response = Response.MARGIN;
        if (rejectedInARow == 1) {
            extraBeforeNanos = extraNanos;
            limitBeforeRow = limit;
        }
        extraNanos = Math.min(maxExtraNanos, extraNanos + Math.min(MAX_STEPS * stepNanos, Math.max(extraNanos, stepNanos)));
    }

    private void decreaseLimit() {
        response = Response.LIMIT;
        probing = false;
        probeAfterRounds = FIRST_PROBE_ROUNDS;
        extraNanos = Math.min(extraNanos, extraBeforeNanos);
        limitBefore = limit;
        rejectedInRound = 1;
        limit = Math.max(1, limit - 1);
    }
}
