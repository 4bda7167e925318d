package io.cardverification.tracing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /** {@code OTEL_EXPORTER_OTLP_ENDPOINT}, which Quarkus does not read. */
    private static final String STANDARD = "otel.exporter.otlp.endpoint";

    /** Below all that an operator or {@code application.properties} says. */
    private static final int ORDINAL = 240;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        var standard = said(context, STANDARD);
        var off = standard.isEmpty() && said(context, ALL).isEmpty() && said(context, TRACES).isEmpty();
        var settings = new HashMap<>(Map.of(OFF, Boolean.toString(off)));
        standard.ifPresent(address -> settings.put(ALL, address));
        return List.of(new PropertiesConfigSource(settings, "traces", ORDINAL));
    }

    /** What is only a default says nothing. */
    private static Optional<String> said(ConfigSourceContext context, String name) {
        var value = context.getValue(name);
        return value == null || value.getConfigSourceOrdinal() < 0 ? Optional.empty() : Optional.ofNullable(value.getValue());
    }
}
