package io.cardverification.audit;

import java.time.Clock;
import java.time.Instant;
import java.util.Locale;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import io.cardverification.ledger.LedgerWriter;
import io.cardverification.verification.Charge;
import io.cardverification.verification.Conclusion;
import io.cardverification.verification.Delivery;
import io.cardverification.verification.Ledger;
import io.cardverification.verification.VerificationFailure.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;

/**
 * Records each verification as one line of JSON and counts it. The ledger's thread composes and writes the line. Threads:
 * any.
 */
@Singleton
final class AuditLog implements Ledger {

    /** The outcome of a request whose caller disconnected before the gateway sent it. */
    private static final String DISCONNECTED = "disconnected";

    private final Clock clock;
    private final MeterRegistry meters;
    private final LedgerWriter writer;

    AuditLog(Clock clock, MeterRegistry meters, LedgerWriter writer) {
        this.clock = clock;
        this.meters = meters;
        this.writer = writer;
    }

    @Override
    public boolean isAvailable() {
        return writer.isAvailable();
    }

    @Override
    public void enter(Entry entry) {
        var conclusion = entry.conclusion();
        var charge = conclusion == null ? Charge.NOT_SENT : conclusion.charge();
        var delivery = conclusion == null ? Delivery.NONE : conclusion.delivery();
        Counter.builder("gateway.verifications").description("Requests of callers by outcome, charge and delivery")
                .tag("outcome", conclusion == null ? DISCONNECTED : outcome(conclusion)).tag("charge", charge.word())
                .tag("delivery", label(delivery)).register(meters).increment();
        if (!isRefusedForTheLedger(conclusion)) {
            var now = clock.instant();
            writer.add(() -> line(entry, now, charge, delivery));
        }
    }

    /** The gateway did not send such a request. A line for each would lengthen the backlog that caused its rejection. */
    private static boolean isRefusedForTheLedger(@Nullable Conclusion conclusion) {
        var failure = conclusion == null ? null : conclusion.failure();
        return failure != null && failure.reason() == Reason.LEDGER_UNAVAILABLE && failure.delivery().attempts() == 0;
    }

    private static String line(Entry entry, Instant at, Charge charge, Delivery delivery) {
        var line = new JsonObject().put("time", at.toString()).put("caller", entry.caller())
                .put("fingerprint", entry.fingerprint());
        putPresent(line, "lastFour", entry.lastFour());
        if (entry.conclusion() != null) {
            putOutcome(line, entry.conclusion());
        }
        line.put("charge", charge.word()).put("attempts", delivery.attempts());
        if (delivery.unknownAttempts() > 0) {
            line.put("unknownAttempts", delivery.unknownAttempts());
        }
        line.put("waitedMillis", delivery.waited().toMillis()).put("shared", delivery.shared())
                .put("reused", delivery.reusedAfter().isPresent()).put("callerDisconnected", entry.left());
        putPresent(line, "initiator", entry.initiator());
        return line.encode();
    }

    private static void putOutcome(JsonObject line, Conclusion conclusion) {
        var result = conclusion.result();
        var failure = conclusion.failure();
        if (result != null) {
            line.put("result", result.code().code());
            putPresent(line, "requestId", result.requestId());
        } else if (failure != null) {
            line.put("error", outcome(conclusion));
            putPresent(line, "upstreamCode", failure.upstreamCode().orElse(null));
            putPresent(line, "requestId", failure.requestId().orElse(null));
        }
    }

    private static void putPresent(JsonObject line, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            line.put(name, value);
        }
    }

    /** Returns the result's category, or the problem's name. */
    private static String outcome(Conclusion conclusion) {
        var result = conclusion.result();
        var failure = conclusion.failure();
        return result != null ? result.code().outcome().toString()
                : failure == null ? "" : failure.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String label(Delivery delivery) {
        return delivery.reusedAfter().isPresent() ? "reused" : delivery.shared() ? "shared" : "own";
    }
}
