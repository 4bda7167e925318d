package io.cardverification.tracing;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;

/**
 * Produces the tracer. If tracing is off, that is the no-op tracer: the one of a disabled OpenTelemetry SDK creates all
 * spans and discards them.
 */
@Dependent
final class TracerProducer {

    @Produces
    @Singleton
    Tracer tracer(OpenTelemetry openTelemetry, @ConfigProperty(name = OtelConfigSourceFactory.OFF) boolean off) {
        return (off ? TracerProvider.noop() : openTelemetry.getTracerProvider()).get("io.cardverification");
    }
}
