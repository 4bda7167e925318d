package io.cardverification.upstream;

import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.cardverification.verification.Lane;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationResult;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/**
 * Whoever asked a question first, as far as logs and traces tell: its attempts are made on a loop that knows no request.
 *
 * <p>
 * Nothing is written into a span but what is written here. Where traces are off, all spans are none.
 *
 * <p>
 * Threads: made on the asker's; used on any.
 */
final class Origin {

    private static final AttributeKey<Long> WAITED_MILLIS = AttributeKey.longKey("gateway.waited_millis");
    private static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("gateway.attempt");
    private static final AttributeKey<String> LANE = AttributeKey.stringKey("gateway.lane");

    private final Tracer tracer;
    private final Context trace = Context.current();
    private final io.vertx.core.@Nullable Context request = Vertx.currentContext();
    private volatile long queuedNanos = System.nanoTime();
    private volatile Lane lane = Lane.BATCH;

    Origin(Tracer tracer) {
        this.tracer = tracer;
    }

    /** Somebody, on whose thread this is, waits for it, too. */
    void joined(Lane lane) {
        if (lane == Lane.INTERACTIVE) {
            this.lane = lane;
        }
        var joining = Span.current();
        var first = Span.fromContext(trace);
        if (joining != first) {
            joining.addLink(first.getSpanContext());
        }
    }

    /** A log line of the first asker's request. */
    void tell(Runnable line) {
        if (request == null) {
            line.run();
        } else {
            request.runOnContext(ignored -> line.run());
        }
    }

    /** @param number from 1 on */
    Uni<VerificationResult> attempt(int number, Uni<VerificationResult> sent) {
        var waitedNanos = System.nanoTime() - queuedNanos;
        Span.fromContext(trace).addEvent("permit granted", Attributes.of(WAITED_MILLIS,
                TimeUnit.NANOSECONDS.toMillis(waitedNanos), LANE, lane.word(), ATTEMPT, (long) number));
        var span = tracer.spanBuilder("BankCardVerification").setSpanKind(SpanKind.CLIENT).setParent(trace)
                .setAttribute(ATTEMPT, number).startSpan();
        return sent.onTermination().invoke((result, failure, cancelled) -> {
            queuedNanos = System.nanoTime();
            end(span, result, failure);
        });
    }

    private static void end(Span span, @Nullable VerificationResult result, @Nullable Throwable thrown) {
        if (result != null) {
            span.setAttribute("gateway.charge", result.charge().word())
                    .setAttribute("gateway.outcome", result.code().outcome().toString())
                    .setAttribute("tencentcloud.request_id", result.requestId());
        } else if (thrown instanceof VerificationFailure failure) {
            span.setAttribute("gateway.charge", failure.charge().word())
                    .setAttribute("gateway.outcome", failure.reason().word())
                    .setStatus(StatusCode.ERROR);
            failure.requestId().ifPresent(id -> span.setAttribute("tencentcloud.request_id", id));
            failure.upstreamCode().ifPresent(code -> span.setAttribute("tencentcloud.error_code", code));
        } else {
            span.setAttribute("gateway.outcome", "disconnected");
        }
        span.end();
    }
}
