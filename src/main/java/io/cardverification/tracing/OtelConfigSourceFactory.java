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
 * Turns traces on where it is said where they go, and off where it is not: Quarkus would go on to try a default address.
 *
 * <p>
 * It passes no address on: what a source of configuration says when the application is built, Quarkus writes down for good.
 *
 * <p>
 * Public, and with a constructor, for code that Quarkus generates.
 */
public final class OtelConfigSourceFactory implements ConfigSourceFactory {

    static final String OFF = "quarkus.otel.sdk.disabled";

    private static final List<String> ENDPOINTS = List.of("quarkus.otel.exporter.otlp.endpoint",
            "quarkus.otel.exporter.otlp.traces.endpoint");

    /** Below all that an operator says. */
    private static final int ORDINAL = 240;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        var off = ENDPOINTS.stream().noneMatch(name -> isConfigured(context.getValue(name)));
        return List.of(new PropertiesConfigSource(Map.of(OFF, Boolean.toString(off)), "traces", ORDINAL));
    }

    /** What is only a default says nothing. */
    private static boolean isConfigured(@Nullable ConfigValue endpoint) {
        return endpoint != null && endpoint.getConfigSourceOrdinal() >= 0 && endpoint.getValue() != null
                && !endpoint.getValue().isBlank();
    }
}
