package io.cardverification.audit;

import java.time.Clock;
import java.time.Instant;
import java.util.Locale;

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
 * go is the logger's handlers' business, which may wait for a disk or a terminal, so a worker hands them over. Threads: any.
 */
@Singleton
final class AuditLog implements Ledger {

    static final String LOGGER = "audit";

    private static final Logger AUDIT = Logger.getLogger(LOGGER);

    private final Clock clock;
    private final MeterRegistry meters;
    private final Backlog backlog;

    AuditLog(Clock clock, MeterRegistry meters, Vertx vertx) {
        this.clock = clock;
        this.meters = meters;
        this.backlog = new Backlog(new Workers(vertx));
    }

    /** After those who wait have been told: nothing that is logged later is certain to be written. */
    void stop(@Observes ShutdownEvent event) {
        backlog.close();
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
            var now = clock.instant();
            backlog.add(() -> AUDIT.info(line(entry, now, charge, delivery)));
        }
    }

    private static String line(Entry entry, Instant at, Charge charge, Delivery delivery) {
        var line = new JsonObject().put("time", at.toString()).put("caller", entry.caller())
                .put("fingerprint", entry.fingerprint());
        putPresent(line, "lastFour", entry.lastFour());
        if (entry.conclusion() != null) {
            putEnd(line, entry.conclusion());
        }
        line.put("charge", charge.word()).put("attempts", delivery.attempts());
        if (delivery.unknownAttempts() > 0) {
            line.put("unknownAttempts", delivery.unknownAttempts());
        }
        line.put("waitedMillis", delivery.waited().toMillis()).put("shared", delivery.shared())
                .put("reused", delivery.reusedAfter().isPresent()).put("left", entry.left());
        putPresent(line, "initiator", entry.initiator());
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
