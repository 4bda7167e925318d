package io.cardverification;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import io.cardverification.pacing.LeaseReport;
import io.cardverification.pacing.Pacer;
import io.cardverification.pacing.PacingConfig;
import io.cardverification.replicas.PermitLeaseLoop;
import io.cardverification.replicas.PermitLeaseLoop.LoopParts;
import io.cardverification.replicas.PermitLeaseLoop.SharedLimit;
import io.cardverification.store.CallIds;
import io.cardverification.store.Store;
import io.cardverification.store.postgresql.PostgresqlStore;
import io.cardverification.verification.NanoClock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;

/** Leases the permits of this process from the other replicas, if the store is one that replicas share. */
@Singleton
final class PermitLeasing implements LeaseReport, MeterBinder {

    /** Before the first request, and after the check of unknown keys. */
    private static final int EARLY = 2;
    /** Before the store closes. */
    private static final int BEFORE_THE_STORE = 9_000;
    /** A beat takes milliseconds, and a permit is free after its rest at the latest. */
    private static final Duration MAX_STOP_WAIT = Duration.ofSeconds(3);
    private static final double NANOS_PER_SECOND = 1e9;

    private final NanoClock nanoClock;
    /** Null without a shared store. Written once, at the start. */
    private volatile @Nullable PermitLeaseLoop loop;

    PermitLeasing(NanoClock nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** @param store created, since the database is part of it */
    void start(@Observes @Priority(EARLY) StartupEvent event, Store store, StoreProducer producer, CallIds ids, Pacer pacer,
            PacingConfig config, Clock clock, Vertx vertx) {
        var database = producer.database();
        if (database != null) {
            var random = new SecureRandom();
            var started = new PermitLeaseLoop(ids.process(), database.engine(), PostgresqlStore.SERVER_QUERY,
                    new SharedLimit(config.limit(), config.window(), config.batchPercent(), producer.shareWithoutStore()),
                    pacer,
                    new LoopParts(vertx, clock, nanoClock, () -> 1 + random.nextLong(Long.MAX_VALUE - 1)),
                    () -> database.store().recoverAllBut(PermitLeaseLoop::living));
            loop = started;
            database.onceOpen(started::start);
        }
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        gauge(meters, "gateway.lease.lost", "1 while this replica has no lease; 0 without a shared store",
                running -> running.isLost() ? 1 : 0);
        gauge(meters, "gateway.lease.permits", "Permits that this replica leases", running -> running.status().permits());
        gauge(meters, "gateway.lease.replicas", "Replicas that share the limit",
                running -> running.status().replicas());
        gauge(meters, "gateway.lease.beat.seconds", "Time that the last beat took",
                running -> running.status().latencyNanos() / NANOS_PER_SECOND);
    }

    private void gauge(MeterRegistry meters, String name, String description, ToDoubleFunction<PermitLeaseLoop> value) {
        Gauge.builder(name, this, leasing -> {
            var running = leasing.loop;
            return running == null ? 0 : value.applyAsDouble(running);
        }).description(description).register(meters);
    }

    @Override
    public Map<String, Object> values() {
        var running = loop;
        return running == null ? Map.of() : running.status().json(nanoClock.nanos()).getMap();
    }

    /** As soon as the pacer gives no permits. */
    void stop(@Observes ShutdownDelayInitiatedEvent event) {
        var running = loop;
        if (running != null) {
            running.stop();
        }
    }

    void awaitGone(@Observes @Priority(BEFORE_THE_STORE) ShutdownEvent event) {
        var running = loop;
        if (running != null) {
            running.stop();
            running.awaitGone(MAX_STOP_WAIT);
        }
    }
}
