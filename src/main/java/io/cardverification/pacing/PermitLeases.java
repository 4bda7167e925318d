package io.cardverification.pacing;

import java.util.List;

import io.cardverification.verification.Lane;

/**
 * The events of a pacer whose permits are leased. See {@link LeasedPermits}.
 *
 * <p>
 * Threads: not synchronised; the pacer's lock guards it.
 */
final class PermitLeases {

    private final DepartureLimiter limiter;
    private final SlidingWindowLog log;
    private final OwnedPermits owned;
    private final AdmissionGate gate;
    private final LaneScheduler queue;
    private final PacerStats stats;
    private final Effects effects;
    private boolean starved;
    private Runnable onStarved = () -> {
    };

    PermitLeases(DepartureLimiter limiter, AdmissionGate gate, LaneScheduler queue, PacerStats stats, Effects effects) {
        this.limiter = limiter;
        this.log = limiter.log();
        this.owned = log.owned();
        this.gate = gate;
        this.queue = queue;
        this.stats = stats;
        this.effects = effects;
    }

    /**
     * @param onStarved called when tasks begin to wait for a permit; must not block and must not throw
     */
    void begin(Runnable onStarved, long nowNanos) {
        this.onStarved = onStarved;
        owned.begin(nowNanos);
        log.clear();
    }

    void reportStarvation(long nowNanos) {
        var wasStarved = starved;
        starved = owned.isLeased() && !queue.isEmpty() && log.free(nowNanos) == 0;
        if (starved && !wasStarved) {
            effects.add(new Effect.RequestPermits(onStarved));
        }
    }

    boolean isLeased() {
        return owned.isLeased();
    }

    void compareClocks(long nowNanos, long wallMillis) {
        owned.compareClocks(nowNanos, wallMillis);
    }

    void extend(Lease lease) {
        owned.extend(lease);
        gate.regainLease();
    }

    void grant(long restNanos, long nowNanos) {
        owned.add(1);
        if (restNanos > 0) {
            log.recordRest(restNanos, nowNanos);
        }
    }

    void withdraw(int count) {
        owned.add(-count);
    }

    int giveUp(int max, long nowNanos) {
        var given = Math.max(0, Math.min(max, log.rested(nowNanos)));
        owned.add(-given);
        return given;
    }

    List<Long> giveUpAll(long nowNanos) {
        var rests = log.takeAll(nowNanos);
        owned.add(-rests.size());
        return rests;
    }

    void expect(int permits, int usable, long marginNanos) {
        owned.expect(permits, usable);
        owned.shareMargin(marginNanos);
    }

    void adoptLimit(int limit) {
        report(() -> limiter.limit().adopt(limit));
    }

    void observe(long departures, long rejections) {
        report(() -> {
            for (var i = 0L; i < departures; i++) {
                limiter.limit().recordDeparture();
            }
            for (var i = 0L; i < rejections; i++) {
                limiter.limit().onRejection(limiter.limit().round());
            }
        });
    }

    private void report(Runnable change) {
        var wasDegraded = limiter.limit().isDegraded();
        change.run();
        if (wasDegraded != limiter.limit().isDegraded()) {
            effects.add(wasDegraded ? new Effect.RestoreLimit() : new Effect.DegradeLimit());
        }
    }

    PermitDemand demand(long nowNanos) {
        var limit = limiter.limit();
        return new PermitDemand(queue.size(Lane.INTERACTIVE), queue.size(Lane.BATCH), log.inUse(nowNanos), log.free(nowNanos),
                stats.departures(), stats.rejections(), limit.limit(), limit.marginNanos(), limit.configuredMarginNanos());
    }
}
