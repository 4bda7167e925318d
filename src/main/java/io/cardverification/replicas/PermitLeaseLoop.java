package io.cardverification.replicas;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

import org.jboss.logging.Logger;

import io.cardverification.pacing.Pacer;
import io.cardverification.store.sql.Sql;
import io.cardverification.store.sql.SqlEngine;
import io.cardverification.store.sql.SqlFailure;
import io.cardverification.verification.NanoClock;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * Sends the beats of this replica and applies their replies, from the first opening of the store to the end of the process.
 *
 * <p>
 * Threads: one event loop runs every event of {@link ReplicaCore}, its only owner. Other threads read {@link LeaseStatus},
 * which is immutable.
 */
public final class PermitLeaseLoop {

    private static final Logger LOG = Logger.getLogger(PermitLeaseLoop.class);

    private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long NO_TIMER = -1;

    private final long id;
    private final LeaseStore store;
    private final Vertx vertx;
    private final Context context;
    private final Clock clock;
    private final NanoClock nanoClock;
    private final Runnable onReplicas;
    private final SharedLimit shared;
    private final LeaseTiming timing;
    private final ReplicaCore core;
    private final CountDownLatch gone = new CountDownLatch(1);
    /** As of the last settled epoch; empty while the epoch is not settled. */
    private Set<Long> replicas = Set.of();
    private boolean isStarted;
    private long timer = NO_TIMER;
    private boolean isLeaseLost = true;
    private volatile LeaseStatus status;

    /**
     * The limit and its shares.
     *
     * @param limit N
     * @param window W
     * @param batchPercent the share of batch if both lanes need permits
     * @param shareWithoutStore the permits that this replica uses while the store is away; zero to send nothing
     */
    public record SharedLimit(int limit, Duration window, int batchPercent, int shareWithoutStore) {

        private String consequence() {
            return shareWithoutStore == 0 ? "The gateway sends nothing until it answers again"
                    : "Until it answers again, the gateway sends at most " + shareWithoutStore
                            + " requests in a window, and none"
                            + " with an Idempotency-Key or of a caller with a daily limit";
        }
    }

    /** The parts of the process that the loop needs. {@code epochs} are random numbers above zero. */
    public record LoopParts(Vertx vertx, Clock clock, NanoClock nanoClock, LongSupplier epochs) {
    }

    /**
     * @param id of this process; larger for later starts
     * @param onReplicas called when other replicas live than before; see {@link #living}
     */
    public PermitLeaseLoop(long id, SqlEngine engine, String serverQuery, SharedLimit shared, Pacer pacer, LoopParts parts,
            Runnable onReplicas) {
        this(id, new SqlLeaseStore(engine, serverQuery, shared.limit(), shared.batchPercent()), shared, pacer, parts,
                onReplicas);
    }

    PermitLeaseLoop(long id, LeaseStore store, SharedLimit shared, Pacer pacer, LoopParts parts, Runnable onReplicas) {
        this.id = id;
        this.status = LeaseStatus.none(id);
        this.store = store;
        this.vertx = parts.vertx();
        this.context = vertx.getOrCreateContext();
        this.clock = parts.clock();
        this.nanoClock = parts.nanoClock();
        this.onReplicas = onReplicas;
        this.shared = shared;
        this.timing = LeaseTiming.of(shared.window());
        this.core = new ReplicaCore(id, timing, parts.epochs(), pacer.lease(clock::millis, this::onStarved),
                shared.shareWithoutStore());
    }

    /** The replicas that live, as of the transaction; empty if the store does not know all of them. */
    public static Uni<Optional<Set<Long>>> living(Sql sql) {
        return SqlLeaseStore.living(sql);
    }

    /** Until then the pacer owns no permit. Once the store has opened, since that agrees on the limit with the others. */
    public void start() {
        context.runOnContext(now -> {
            isStarted = true;
            poll();
        });
    }

    private void onStarved() {
        context.runOnContext(now -> poll());
    }

    /** Hands all permits over to the other replicas, as soon as no request holds them. */
    public void stop() {
        context.runOnContext(now -> {
            core.stop();
            poll();
        });
    }

    /** Waits until the store has confirmed that this replica owns nothing. Not for an event loop. */
    public void awaitGone(Duration atMost) {
        try {
            if (status.reply() != null && !gone.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("The store did not confirm the return of all permits. Other replicas take them over in some seconds");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether this replica should have a lease and has none. */
    public boolean isLost() {
        return gone.getCount() > 0 && !status.holds(nanoClock.nanos());
    }

    public LeaseStatus status() {
        return status;
    }

    private void poll() {
        if (!isStarted) {
            return;
        }
        var sentNanos = nanoClock.nanos();
        var beat = core.poll(sentNanos, clock.millis());
        if (beat != null) {
            var seq = beat.self().seq();
            store.beat(beat).subscribe().with(
                    reply -> context.runOnContext(now -> onReply(reply, sentNanos)),
                    failure -> context.runOnContext(now -> onFailure(seq, failure)));
        }
        rearm();
    }

    private void onReply(BeatReply reply, long sentNanos) {
        var nowNanos = nanoClock.nanos();
        core.onReply(reply, nowNanos);
        if (reply.accepted()) {
            status = new LeaseStatus(id, reply, sentNanos, nowNanos - sentNanos, timing.leaseNanos(), null);
            logFirst(reply);
            tell(reply);
        }
        poll();
    }

    private void onFailure(long seq, Throwable failure) {
        core.onFailure(seq);
        if (isLeaseLost && status.failure() == null) {
            LOG.errorf("This replica gets no lease of permits: %s. %s", SqlFailure.reason(failure), shared.consequence());
        }
        status = status.with(SqlFailure.reason(failure));
        logLoss();
        poll();
    }

    private void logLoss() {
        if (!isLeaseLost && !status.holds(nanoClock.nanos())) {
            isLeaseLost = true;
            LOG.errorf("The lease of this replica's permits has ended, since the store did not answer: %s. %s",
                    Optional.ofNullable(status.failure()).orElse("no reply"), shared.consequence());
        }
    }

    private void logFirst(BeatReply reply) {
        if (isLeaseLost && reply.settled()) {
            isLeaseLost = false;
            LOG.infof("This replica has a lease; %d replicas share the limit", reply.replicas().size());
        }
    }

    private void tell(BeatReply reply) {
        var all = reply.settled() ? reply.replicas().stream().map(ReplicaRow::id).collect(Collectors.toUnmodifiableSet())
                : Set.<Long> of();
        if (!all.equals(replicas)) {
            replicas = all;
            if (reply.settled()) {
                onReplicas.run();
            }
        }
    }

    private void rearm() {
        if (timer != NO_TIMER) {
            vertx.cancelTimer(timer);
            timer = NO_TIMER;
        }
        if (core.isGone()) {
            gone.countDown();
            return;
        }
        var delayNanos = core.delayNanos(nanoClock.nanos());
        timer = vertx.setTimer(Math.max(1, (delayNanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI), fired -> {
            timer = NO_TIMER;
            logLoss();
            poll();
        });
    }
}
