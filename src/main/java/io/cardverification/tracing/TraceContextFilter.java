package io.cardverification.tracing;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

import io.cardverification.http.FilterOrder;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;

/** Extracts the caller's trace from the headers of W3C Trace Context. It reads no other format. */
@Singleton
final class TraceContextFilter implements TextMapGetter<MultiMap> {

    private final boolean off;

    TraceContextFilter(@ConfigProperty(name = OtelConfigSourceFactory.OFF) boolean off) {
        this.off = off;
    }

    void register(@Observes Filters filters) {
        if (off) {
            return;
        }
        filters.register(exchange -> {
            var request = exchange.request();
            var parent = W3CTraceContextPropagator.getInstance().extract(Context.root(), request.headers(), this);
            new IncomingTrace(parent, "/v1/verifications".equals(request.path()) ? "rest" : "cloudapi").store();
            exchange.next();
        }, FilterOrder.TRACE_CONTEXT);
    }

    @Override
    public Iterable<String> keys(MultiMap headers) {
        return headers.names();
    }

    @Override
    public @Nullable String get(@Nullable MultiMap headers, String name) {
        return headers == null ? null : headers.get(name);
    }
}
