package io.cardverification.upstream;

import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.cardverification.verification.Completion;
import io.cardverification.verification.Lane;
import io.cardverification.verification.VerificationFailure.Reason;
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
 * The trace and the log context of the first request of a call, since attempts run on an event loop without a request.
 *
 * <p>
 * Spans contain only the attributes that this class sets. If tracing is off, no span is created.
 *
 * <p>
 * Threads: created on the thread of the first request; used on any.
 */
final class CallTrace {

    private static final AttributeKey<Long> WAITED_MILLIS = AttributeKey.longKey("gateway.waited_millis");
    private static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("gateway.attempt");
    private static final AttributeKey<String> LANE = AttributeKey.stringKey("gateway.lane");

    private final Tracer tracer;
    private final Context trace = Context.current();
    private final io.vertx.core.@Nullable Context requestContext = Vertx.currentContext();
    private volatile long queuedNanos = System.nanoTime();
    private volatile Lane lane = Lane.BATCH;

    CallTrace(Tracer tracer) {
        this.tracer = tracer;
    }

    /** Links the span of a later request to the first one. On the thread of that request. */
    void join(Lane lane) {
        if (lane == Lane.INTERACTIVE) {
            this.lane = lane;
        }
        var joining = Span.current();
        var first = Span.fromContext(trace);
        if (joining != first) {
            joining.addLink(first.getSpanContext());
        }
    }

    /** For log lines of the first request. */
    void runInRequestContext(Runnable task) {
        if (requestContext == null) {
            task.run();
        } else {
            requestContext.runOnContext(ignored -> task.run());
        }
    }

    /** @param number from 1 on */
    Uni<Completion> attempt(int number, Uni<Completion> sent) {
        var waitedNanos = System.nanoTime() - queuedNanos;
        Span.fromContext(trace).addEvent("permit granted", Attributes.of(WAITED_MILLIS,
                TimeUnit.NANOSECONDS.toMillis(waitedNanos), LANE, lane.label(), ATTEMPT, (long) number));
        var span = tracer.spanBuilder("BankCardVerification").setSpanKind(SpanKind.CLIENT).setParent(trace)
                .setAttribute(ATTEMPT, number).startSpan();
        return sent.onTermination().invoke((completion, unexpected, cancelled) -> {
            queuedNanos = System.nanoTime();
            end(span, completion);
        });
    }

    /** @param completion null if the attempt was cancelled */
    private static void end(Span span, @Nullable Completion completion) {
        if (completion == null) {
            span.setAttribute("gateway.outcome", Reason.CALLER_DISCONNECTED.label());
        } else {
            span.setAttribute("gateway.charge", completion.charge().label()).setAttribute("gateway.outcome",
                    completion.label());
            completion.fold(result -> span.setAttribute("tencentcloud.request_id", result.requestId()), failure -> {
                failure.requestId().ifPresent(id -> span.setAttribute("tencentcloud.request_id", id));
                failure.upstreamCode().ifPresent(code -> span.setAttribute("tencentcloud.error_code", code));
                return span.setStatus(StatusCode.ERROR);
            });
        }
        span.end();
    }
}
