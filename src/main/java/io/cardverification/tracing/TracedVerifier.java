package io.cardverification.tracing;

import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;

import io.cardverification.verification.CallOptions;
import io.cardverification.verification.Completion;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.cardverification.verification.VerificationRequest;
import io.cardverification.verification.Verifier;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.quarkus.opentelemetry.runtime.QuarkusContextStorage;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** Creates a span for each verification, from its start to its answer. If tracing is off, it creates none. */
@Decorator
@Priority(1)
final class TracedVerifier implements Verifier {

    private final Verifier verifier;
    private final Tracer tracer;

    @Inject
    TracedVerifier(@Delegate Verifier verifier, Tracer tracer) {
        this.verifier = verifier;
        this.tracer = tracer;
    }

    @Override
    public Uni<Completion> verify(VerificationRequest request, CallOptions options) {
        return IncomingTrace.current().map(incoming -> traced(request, options, incoming)).orElseGet(
                () -> verifier.verify(request, options));
    }

    private Uni<Completion> traced(VerificationRequest request, CallOptions options, IncomingTrace incoming) {
        return Uni.createFrom().deferred(() -> {
            var span = tracer.spanBuilder("verify").setSpanKind(SpanKind.SERVER).setParent(incoming.parent())
                    .setAttribute("gateway.api", incoming.api()).setAttribute("gateway.caller", options.caller().name())
                    .startSpan();
            // Without a scope to close: the attachment ends with the request's context.
            QuarkusContextStorage.INSTANCE.attach(Vertx.currentContext(), incoming.parent().with(span));
            return verifier.verify(request, options)
                    .onTermination().invoke((completion, unexpected, cancelled) -> end(span, completion, unexpected));
        });
    }

    /** Without a completion the caller has disconnected, or an unexpected exception occurred. */
    private static void end(Span span, @Nullable Completion completion, @Nullable Throwable unexpected) {
        if (completion == null) {
            span.setAttribute("gateway.outcome", unexpected == null ? Reason.CALLER_DISCONNECTED.label() : "internal-error");
        } else {
            var metadata = completion.metadata();
            span.setAttribute("gateway.outcome", completion.label()).setAttribute("gateway.charge", completion.charge().label())
                    .setAttribute("gateway.waited_millis", metadata.waited().toMillis())
                    .setAttribute("gateway.attempts", metadata.attempts()).setAttribute("gateway.shared", metadata.shared())
                    .setAttribute("gateway.reused", metadata.reusedAfter().isPresent());
            if (completion instanceof VerificationFailure) {
                span.setStatus(StatusCode.ERROR);
            }
        }
        span.end();
    }
}
