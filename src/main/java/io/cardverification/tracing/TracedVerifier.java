package io.cardverification.tracing;

import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;

import io.cardverification.verification.Charge;
import io.cardverification.verification.Delivery;
import io.cardverification.verification.Terms;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationRequest;
import io.cardverification.verification.VerificationResult;
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
    public Uni<VerificationResult> verify(VerificationRequest request, Terms terms) {
        return IncomingTrace.current().map(incoming -> traced(request, terms, incoming)).orElseGet(
                () -> verifier.verify(request, terms));
    }

    private Uni<VerificationResult> traced(VerificationRequest request, Terms terms, IncomingTrace incoming) {
        return Uni.createFrom().deferred(() -> {
            var span = tracer.spanBuilder("verify").setSpanKind(SpanKind.SERVER).setParent(incoming.parent())
                    .setAttribute("gateway.api", incoming.api()).setAttribute("gateway.caller", terms.caller().name())
                    .startSpan();
            // Without a scope to close: the attachment ends with the request's context.
            QuarkusContextStorage.INSTANCE.attach(Vertx.currentContext(), incoming.parent().with(span));
            return verifier.verify(request, terms)
                    .onTermination().invoke((result, failure, cancelled) -> end(span, result, failure));
        });
    }

    private static void end(Span span, @Nullable VerificationResult result, @Nullable Throwable thrown) {
        if (result != null) {
            setAttributes(span, result.code().outcome().toString(), result.charge(), result.delivery());
        } else if (thrown instanceof VerificationFailure failure) {
            setAttributes(span, failure.reason().word(), failure.charge(), failure.delivery());
            span.setStatus(StatusCode.ERROR);
        } else {
            span.setAttribute("gateway.outcome", thrown == null ? "disconnected" : "internal-error");
        }
        span.end();
    }

    private static void setAttributes(Span span, String outcome, Charge charge, Delivery delivery) {
        span.setAttribute("gateway.outcome", outcome).setAttribute("gateway.charge", charge.word())
                .setAttribute("gateway.waited_millis", delivery.waited().toMillis())
                .setAttribute("gateway.attempts", delivery.attempts()).setAttribute("gateway.shared", delivery.shared())
                .setAttribute("gateway.reused", delivery.reusedAfter().isPresent());
    }
}
