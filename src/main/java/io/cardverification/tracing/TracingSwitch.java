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
public final class TracingSwitch implements ConfigSourceFactory {

    static final String OFF = "quarkus.otel.sdk.disabled";

    private static final List<String> ADDRESSES = List.of("quarkus.otel.exporter.otlp.endpoint",
            "quarkus.otel.exporter.otlp.traces.endpoint");

    /** Below all that an operator says. */
    private static final int ORDINAL = 240;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        var off = ADDRESSES.stream().noneMatch(name -> isSaid(context.getValue(name)));
        return List.of(new PropertiesConfigSource(Map.of(OFF, Boolean.toString(off)), "traces", ORDINAL));
    }

    /** What is only a default says nothing. */
    private static boolean isSaid(@Nullable ConfigValue address) {
        return address != null && address.getConfigSourceOrdinal() >= 0 && address.getValue() != null
                && !address.getValue().isBlank();
    }
}
