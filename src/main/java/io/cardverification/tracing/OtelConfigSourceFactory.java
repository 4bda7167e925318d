package io.cardverification.tracing;

import java.util.List;
import java.util.Map;

import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;

/**
 * Enables tracing if an OTLP endpoint is configured, and disables it otherwise. Quarkus alone would connect to a default
 * endpoint.
 *
 * <p>
 * This source does not set the endpoint: Quarkus fixes values that a source returns at build time.
 *
 * <p>
 * The class and its constructor are public for code that Quarkus generates.
 */
public final class OtelConfigSourceFactory implements ConfigSourceFactory {

    static final String OFF = "quarkus.otel.sdk.disabled";

    private static final List<String> ENDPOINTS = List.of("quarkus.otel.exporter.otlp.endpoint",
            "quarkus.otel.exporter.otlp.traces.endpoint");

    /** Below all sources that an operator sets. */
    private static final int ORDINAL = 240;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        var off = ENDPOINTS.stream().noneMatch(name -> isConfigured(context.getValue(name)));
        return List.of(new PropertiesConfigSource(Map.of(OFF, Boolean.toString(off)), "traces", ORDINAL));
    }

    /** A default value does not count as configured. */
    private static boolean isConfigured(@Nullable ConfigValue endpoint) {
        return endpoint != null && endpoint.getConfigSourceOrdinal() >= 0 && endpoint.getValue() != null
                && !endpoint.getValue().isBlank();
    }
}
