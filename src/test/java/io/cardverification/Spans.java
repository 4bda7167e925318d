package io.cardverification;

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
import io.quarkus.test.junit.QuarkusTestProfile;

/** Traces, kept for a test to look at. */
@Singleton
@IfBuildProperty(name = Spans.KEPT, stringValue = "true")
public final class Spans {

    static final String KEPT = "test.spans.kept";

    private static final InMemorySpanExporter EXPORTER = InMemorySpanExporter.create();

    private final OpenTelemetrySdk openTelemetry;

    Spans(OpenTelemetry openTelemetry) {
        this.openTelemetry = (OpenTelemetrySdk) openTelemetry;
    }

    /** On by what an operator would set. */
    public static final class Kept implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(KEPT, "true", "quarkus.otel.exporter.otlp.endpoint", "http://localhost:1",
                    "gateway.upstream.retry-backoff", "1ms", "gateway.pacing.max-wait", "2s");
        }
    }

    @Produces
    @Singleton
    @IfBuildProperty(name = KEPT, stringValue = "true")
    static InMemorySpanExporter exporter() {
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
