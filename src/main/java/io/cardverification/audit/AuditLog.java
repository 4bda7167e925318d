package io.cardverification.audit;

import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.cardverification.verification.Charge;
import io.cardverification.verification.Conclusion;
import io.cardverification.verification.Delivery;
import io.cardverification.verification.Ledger;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

/**
 * One line of JSON for each verification, on a logger of its own, {@code audit}, and the same counted for metrics. Where lines
 * go is the logger's handlers' business. Threads: any.
 *
 * <p>
 * Lines are written a millisecond later, all of it at once: to wake the handler's thread for each costs a seventh of all that a
 * verification takes of a processor (measured). A process that is killed loses the lines of that millisecond; one that is told
 * to stop loses none.
 */
@Singleton
final class AuditLog implements Ledger {

    static final String LOGGER = "audit";

    private static final Logger AUDIT = Logger.getLogger(LOGGER);

    /** The least that Vert.x' timers know. */
    private static final long SOON_MILLIS = 1;

    private record Told(Entry entry, Charge charge, Delivery delivery, Instant at) {
    }

    private final Clock clock;
    private final MeterRegistry meters;
    private final Vertx vertx;
    private final Queue<Told> unwritten = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean due = new AtomicBoolean();
    private volatile boolean stopping;

    AuditLog(Clock clock, MeterRegistry meters, Vertx vertx) {
        this.clock = clock;
        this.meters = meters;
        this.vertx = vertx;
    }

    @Override
    public void enter(Entry entry) {
        var conclusion = entry.conclusion();
        var charge = conclusion == null ? Charge.NOT_SENT : conclusion.charge();
        var delivery = conclusion == null ? Delivery.NONE : conclusion.delivery();
        Counter.builder("gateway.verifications").description("Questions of callers, by how they ended and what is told")
                .tag("end", conclusion == null ? "left" : end(conclusion)).tag("charge", charge.word())
                .tag("told", told(delivery)).register(meters).increment();
        if (AUDIT.isInfoEnabled()) {
            unwritten.add(new Told(entry, charge, delivery, clock.instant()));
            if (stopping) {
                write();
            } else if (!due.getAndSet(true)) {
                vertx.setTimer(SOON_MILLIS, timer -> write());
            }
        }
    }

    /** Who comes while this runs is written by it, or has a timer of his own. */
    private void write() {
        due.set(false);
        for (var told = unwritten.poll(); told != null; told = unwritten.poll()) {
            AUDIT.info(line(told));
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        write();
    }

    private static String line(Told told) {
        var entry = told.entry();
        var delivery = told.delivery();
        var line = new JsonObject().put("time", told.at().toString()).put("caller", entry.caller())
                .put("fingerprint", entry.fingerprint());
        putPresent(line, "lastFour", entry.lastFour());
        if (entry.conclusion() != null) {
            putEnd(line, entry.conclusion());
        }
        line.put("charge", told.charge().word()).put("attempts", delivery.attempts());
        if (delivery.unknownAttempts() > 0) {
            line.put("unknownAttempts", delivery.unknownAttempts());
        }
        line.put("waitedMillis", delivery.waited().toMillis()).put("shared", delivery.shared())
                .put("reused", delivery.reusedAfter().isPresent()).put("left", entry.left());
        return line.encode();
    }

    private static void putEnd(JsonObject line, Conclusion conclusion) {
        var result = conclusion.result();
        var failure = conclusion.failure();
        if (result != null) {
            line.put("result", result.code().code());
            putPresent(line, "requestId", result.requestId());
        } else if (failure != null) {
            line.put("error", end(conclusion));
            putPresent(line, "upstreamCode", failure.upstreamCode().orElse(null));
            putPresent(line, "requestId", failure.requestId().orElse(null));
        }
    }

    private static void putPresent(JsonObject line, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            line.put(name, value);
        }
    }

    /** The outcome, or the problem's name. */
    private static String end(Conclusion conclusion) {
        var result = conclusion.result();
        var failure = conclusion.failure();
        return result != null ? result.code().outcome().toString()
                : failure == null ? "" : failure.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String told(Delivery delivery) {
        return delivery.reusedAfter().isPresent() ? "reused" : delivery.shared() ? "shared" : "own";
    }
}
