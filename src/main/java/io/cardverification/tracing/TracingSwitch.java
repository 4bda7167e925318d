package io.cardverification.tracing;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.eclipse.microprofile.config.spi.ConfigSource;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;

/**
 * Turns traces on where it is said where they go, and off where it is not: Quarkus would go on to try a default address.
 *
 * <p>
 * Public, and with a constructor, for code that Quarkus generates.
 */
public final class TracingSwitch implements ConfigSourceFactory {

    static final String OFF = "quarkus.otel.sdk.disabled";

    private static final String TRACES = "quarkus.otel.exporter.otlp.traces.endpoint";
    private static final String ALL = "quarkus.otel.exporter.otlp.endpoint";
    private static final String STANDARD = "otel.exporter.otlp.endpoint";
    private static final String STANDARD_TRACES = "otel.exporter.otlp.traces.endpoint";

    /** Below all that an operator or {@code application.properties} says. */
    private static final int ORDINAL = 240;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        var said = Stream.of(TRACES, ALL, STANDARD, STANDARD_TRACES).anyMatch(name -> isSaid(context, name));
        return List.of(new PropertiesConfigSource(Map.of(OFF, Boolean.toString(!said)), "traces", ORDINAL));
    }

    /** What is only a default says nothing. */
    private static boolean isSaid(ConfigSourceContext context, String name) {
        var value = context.getValue(name);
        return value != null && value.getValue() != null && value.getConfigSourceOrdinal() >= 0;
    }
}
