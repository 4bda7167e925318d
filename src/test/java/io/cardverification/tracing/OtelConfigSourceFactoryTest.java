package io.cardverification.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.PropertiesConfigSourceLoader;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

class OtelConfigSourceFactoryTest {

    private static final String ENDPOINT = "quarkus.otel.exporter.otlp.endpoint";

    private static SmallRyeConfig with(Map<String, String> settings) {
        return new SmallRyeConfigBuilder().addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(settings, "operator", 300))
                .withSources(PropertiesConfigSourceLoader.inClassPath("application.properties", 0,
                        OtelConfigSourceFactoryTest.class.getClassLoader()))
                .withSources(new OtelConfigSourceFactory()).withDefaultValue(ENDPOINT, "http://localhost:4317").build();
    }

    private static boolean isOff(Map<String, String> settings) {
        return with(settings).getValue(OtelConfigSourceFactory.OFF, boolean.class);
    }

    @Test
    void a_default_endpoint_does_not_enable_traces() {
        assertThat(isOff(Map.of())).isTrue();
    }

    @Test
    void an_endpoint_enables_traces_unless_disabled() {
        assertThat(isOff(Map.of(ENDPOINT, "http://collector:4317"))).isFalse();
        assertThat(isOff(Map.of("quarkus.otel.exporter.otlp.traces.endpoint", "http://collector:4317"))).isFalse();
        assertThat(isOff(Map.of(ENDPOINT, "http://collector:4317", OtelConfigSourceFactory.OFF, "true"))).isTrue();
    }

    @Test
    void the_standard_variable_sets_the_endpoint() {
        var config = with(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4317"));
        assertThat(config.getValue(OtelConfigSourceFactory.OFF, boolean.class)).isFalse();
        assertThat(config.getValue(ENDPOINT, String.class)).isEqualTo("http://collector:4317");
    }
}
