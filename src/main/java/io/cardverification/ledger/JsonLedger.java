package io.cardverification.ledger;

import java.time.Clock;
import java.time.Instant;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.cardverification.store.InterruptedCall;
import io.cardverification.store.Store;
import io.cardverification.verification.Completion;
import io.cardverification.verification.Ledger;
import io.cardverification.verification.ResponseMetadata;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.cardverification.verification.VerificationResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;

/**
 * Records each verification in the store and as one line of JSON, and counts it. The ledger's thread composes and writes the
 * line. Threads: any.
 */
@Singleton
final class JsonLedger implements Ledger {

    private static final Logger LOG = Logger.getLogger(JsonLedger.class);

    private final Clock clock;
    private final MeterRegistry meters;
    private final LedgerWriter writer;
    private final Store store;

    JsonLedger(Clock clock, MeterRegistry meters, LedgerWriter writer, Store store) {
        this.clock = clock;
        this.meters = meters;
        this.writer = writer;
        this.store = store;
        store.onInterrupted(this::recordInterrupted);
    }

    private void recordInterrupted(InterruptedCall call) {
        LOG.warnf(
                "A gateway ended before the response to a request of caller %s, which left at %s: its charge is unknown. Compare"
                        + " the ledger's entry with the bill",
                call.entry().caller(), call.departedAt());
        count(call.entry().completion());
        writer.add(() -> line(call.entry(), call.departedAt()));
    }

    @Override
    public boolean isAvailable() {
        return writer.isAvailable();
    }

    @Override
    public void record(Entry entry) {
        var completion = entry.completion();
        count(completion);
        if (!isRejectedForTheLedger(completion)) {
            var now = clock.instant();
            store.append(entry, now);
            writer.add(() -> line(entry, now));
        }
    }

    private void count(Completion completion) {
        Counter.builder("gateway.verifications").description("Requests of callers by outcome, charge and delivery")
                .tag("outcome", completion.label()).tag("charge", completion.charge().label())
                .tag("delivery", delivery(completion.metadata())).register(meters).increment();
    }

    /** The gateway did not send such a request. A line for each would lengthen the backlog that caused its rejection. */
    private static boolean isRejectedForTheLedger(Completion completion) {
        return (isFailure(completion, Reason.LEDGER_UNAVAILABLE) || isFailure(completion, Reason.STORE_UNAVAILABLE))
                && completion.metadata().attempts() == 0;
    }

    private static boolean isFailure(Completion completion, Reason reason) {
        return completion instanceof VerificationFailure failure && failure.reason() == reason;
    }

    private static String line(Entry entry, Instant at) {
        var completion = entry.completion();
        var metadata = completion.metadata();
        var line = new JsonObject().put("time", at.toString()).put("caller", entry.caller())
                .put("fingerprint", entry.fingerprint());
        putPresent(line, "lastFour", entry.lastFour());
        if (!isFailure(completion, Reason.CALLER_DISCONNECTED)) {
            completion.fold(result -> putResult(line, result), failure -> putFailure(line, failure));
        }
        line.put("charge", completion.charge().label()).put("attempts", metadata.attempts());
        if (metadata.unknownAttempts() > 0) {
            line.put("unknownAttempts", metadata.unknownAttempts());
        }
        line.put("waitedMillis", metadata.waited().toMillis()).put("shared", metadata.shared())
                .put("reused", metadata.reusedAfter().isPresent()).put("callerDisconnected", entry.callerDisconnected());
        putPresent(line, "initiator", entry.initiator());
        return line.encode();
    }

    private static JsonObject putResult(JsonObject line, VerificationResult result) {
        return putPresent(line.put("result", result.code().code()), "requestId", result.requestId());
    }

    private static JsonObject putFailure(JsonObject line, VerificationFailure failure) {
        putPresent(line.put("error", failure.label()), "upstreamCode", failure.upstreamCode().orElse(null));
        return putPresent(line, "requestId", failure.requestId().orElse(null));
    }

    private static JsonObject putPresent(JsonObject line, String name, @Nullable String value) {
        return value == null || value.isEmpty() ? line : line.put(name, value);
    }

    private static String delivery(ResponseMetadata metadata) {
        return metadata.reusedAfter().isPresent() ? "reused" : metadata.shared() ? "shared" : "own";
    }
}
