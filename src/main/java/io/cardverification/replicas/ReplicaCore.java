package io.cardverification.replicas;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.cardverification.pacing.Lease;
import io.cardverification.pacing.LeasedPermits;
import io.cardverification.pacing.PermitDemand;

/**
 * The replica's side of the lease protocol: when to send a beat, what it says, and what a reply changes.
 *
 * <p>
 * Each method is one event at the time {@code nowNanos} of a monotonic clock. The core knows no thread, timer, clock or
 * store; it acts on the pacer only. At most one beat is in flight, and a late reply to an earlier one has no effect.
 *
 * <p>
 * Threads: not synchronised; its shell applies one event at a time.
 */
final class ReplicaCore {

    private static final int BEATS_UNTIL_LOST = 2;

    private final long id;
    private final LeaseTiming timing;
    private final LongSupplier epochs;
    private final LeasedPermits pacer;
    private final HeldPermits held;
    private final PeerWatch peers;
    private final FleetCounts counts;
    private final BeatSchedule schedule;
    private final SplitFallback split;

    private long seq;
    private long ackSeq;
    private long inFlightSeq;
    private @Nullable Lease inFlightLease;
    private @Nullable Lease lease;
    /** When the lease was last known to hold; at first the first beat. */
    private long leasedNanos;

    private long epoch;
    private long epochSeenNanos;
    private boolean isDeclared;
    private boolean isSettled;
    private int target;
    /** The permits that the last beat asked for. */
    private int reported;
    private long marginNanos;
    private int beatsWithoutAnswer;
    private boolean isChair;
    private boolean isStopping;
    private boolean isGone;

    /**
     * @param id above zero, unique among all replicas that ever used the store
     * @param epochs random numbers above zero
     * @param pacer owns no permit yet
     * @param shareWithoutStore the permits that this replica uses while the store is away; zero to send nothing
     */
    ReplicaCore(long id, LeaseTiming timing, LongSupplier epochs, LeasedPermits pacer, int shareWithoutStore) {
        this.split = new SplitFallback(pacer, shareWithoutStore);
        this.id = id;
        this.timing = timing;
        this.epochs = epochs;
        this.pacer = pacer;
        this.held = new HeldPermits(pacer);
        this.peers = new PeerWatch(id, timing.idleBeatNanos() + timing.replyTimeoutNanos());
        this.counts = new FleetCounts(pacer);
        this.schedule = new BeatSchedule(timing);
    }

    /** From now on every permit is handed over as soon as no attempt holds it. */
    void stop() {
        isStopping = true;
        split.end();
        schedule.hurry();
    }

    /** Whether the store has confirmed that this replica owns nothing, so that the process may end. */
    boolean isGone() {
        return isGone;
    }

    /** The time until {@link #poll} may return a beat, as far as is known now; not to be called once it is gone. */
    long delayNanos(long nowNanos) {
        if (inFlightLease != null) {
            return timing.replyTimeoutNanos() - schedule.sinceLastNanos(nowNanos);
        }
        var graceNanos = timing.silenceNanos(marginNanos);
        var eventNanos = peers.nextNanos(graceNanos, nowNanos);
        if (!isSettled && epoch != 0) {
            eventNanos = Math.min(eventNanos, epochSeenNanos + graceNanos - nowNanos);
        }
        return schedule.delayNanos(pacer.demand(), isStopping || isMoving(), eventNanos, nowNanos);
    }

    private boolean isMoving() {
        return isSettled && (held.count() > target ? target < reported : held.count() < target);
    }

    /** @return the beat to send now; null if none is due, or if this replica is gone */
    @Nullable
    Beat poll(long nowNanos, long wallMillis) {
        if (isGone || delayNanos(nowNanos) > 0) {
            return null;
        }
        if (seq == 0 || (lease != null && lease.holds(nowNanos, wallMillis))) {
            leasedNanos = nowNanos;
        } else {
            onNoLease(nowNanos);
        }
        split.extend(nowNanos, wallMillis, timing);
        if (isDeclared) {
            giveUp(nowNanos);
        }
        var redeclared = isDeclared ? List.<Integer> of() : held.all();
        var demand = pacer.demand();
        var graceNanos = timing.silenceNanos(marginNanos);
        inFlightSeq = ++seq;
        inFlightLease = new Lease(nowNanos, wallMillis, timing.leaseNanos());
        schedule.sent(demand, nowNanos);
        reported = demand.queued() + demand.inUse();
        return new Beat(row(demand), epoch, epochs.getAsLong(), ackSeq, held.releases(nowNanos), redeclared,
                peers.silent(graceNanos, nowNanos), epoch != 0 && nowNanos - epochSeenNanos >= graceNanos, demand.limit());
    }

    /**
     * Another replica may have owned the permits meanwhile. So this one takes over every permit anew, with the rest that the
     * store names.
     */
    private void onNoLease(long nowNanos) {
        held.dropAll();
        split.onNoLease();
        // The first beat after a pause of the process usually gets an answer.
        if (lease != null && ++beatsWithoutAnswer == BEATS_UNTIL_LOST && !split.isConfigured()) {
            pacer.lose(Duration.ofNanos(timing.leaseNanos()));
        }
        if (nowNanos - leasedNanos >= timing.silenceNanos(marginNanos) && !isStopping) {
            split.begin();
        }
    }

    private void giveUp(long nowNanos) {
        if (isStopping) {
            held.giveUpAll(nowNanos);
        } else {
            held.shrinkTo(target, nowNanos);
        }
    }

    /** A permit in use counts for the lane that will use it next. */
    private ReplicaRow row(PermitDemand demand) {
        var isForBatch = demand.interactive() == 0 && demand.batch() > 0;
        return new ReplicaRow(id, inFlightSeq, isStopping, demand.interactive() + (isForBatch ? 0 : demand.inUse()),
                demand.batch() + (isForBatch ? demand.inUse() : 0),
                isChair ? demand.marginNanos() : demand.configuredMarginNanos(), demand.sent(), demand.rejected());
    }

    void onReply(BeatReply reply, long nowNanos) {
        var sent = inFlightLease;
        if (sent == null || reply.seq() != inFlightSeq) {
            return;
        }
        inFlightLease = null;
        if (!reply.accepted()) {
            return; // applied before, and the first reply was lost
        }
        beatsWithoutAnswer = 0;
        peers.observe(reply.replicas(), nowNanos);
        isSettled = reply.settled();
        if (reply.epoch() == epoch) {
            onGoodReply(reply, sent, nowNanos);
        } else {
            onNewEpoch(reply.epoch(), nowNanos);
        }
    }

    /** The lease is not extended, since the store does not know what this replica owns. */
    private void onNewEpoch(long epoch, long nowNanos) {
        this.epoch = epoch;
        epochSeenNanos = nowNanos;
        isDeclared = false;
        held.forgetReleases();
        schedule.hurry();
    }

    private void onGoodReply(BeatReply reply, Lease sent, long nowNanos) {
        ackSeq = reply.seq();
        isDeclared = true;
        marginNanos = reply.replicas().stream().mapToLong(ReplicaRow::marginNanos).max().orElse(0);
        var leastRestNanos = split.leastRestNanos(timing.handBackNanos(marginNanos), nowNanos);
        held.replace(reply.permits(), leastRestNanos, nowNanos);
        lease = sent;
        pacer.extend(sent);
        target = reply.target();
        isChair = Chair.of(reply.replicas()) == id;
        counts.observe(reply.replicas(), isChair);
        pacer.expect(target, target < reported ? target : Integer.MAX_VALUE, marginNanos);
        if (!isChair) {
            pacer.adoptLimit(reply.limit());
        }
        isGone = isStopping && held.count() == 0;
    }

    /** The store did not answer, and will not. */
    void onFailure(long failedSeq) {
        if (failedSeq == inFlightSeq) {
            inFlightLease = null;
        }
    }
}
