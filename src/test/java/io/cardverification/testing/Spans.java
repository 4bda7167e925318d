package io.cardverification.testing;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.arc.properties.IfBuildProperty;

/** Traces, kept for a test to look at. */
@Singleton
@IfBuildProperty(name = Spans.KEPT, stringValue = "true")
public final class Spans {

    public static final String KEPT = "test.spans.kept";

    /** The settings of an operator who wants traces, and the one of {@link #exporter}. */
    public static final Map<String, String> ON = Map.of(KEPT, "true", "quarkus.otel.exporter.otlp.endpoint",
            "http://localhost:1");

    private static final InMemorySpanExporter EXPORTER = InMemorySpanExporter.create();

    private final OpenTelemetrySdk openTelemetry;

    public Spans(OpenTelemetry openTelemetry) {
        this.openTelemetry = (OpenTelemetrySdk) openTelemetry;
    }

    @Produces
    @Singleton
    @IfBuildProperty(name = KEPT, stringValue = "true")
    public static InMemorySpanExporter exporter() {
        return EXPORTER;
    }

    public List<SpanData> finished() {
        openTelemetry.getSdkTracerProvider().forceFlush().join(30, TimeUnit.SECONDS);
        return EXPORTER.getFinishedSpanItems();
    }

    public void forget() {
        finished();
        EXPORTER.reset();
    }
}
