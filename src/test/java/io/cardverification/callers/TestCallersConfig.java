package io.cardverification.callers;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

/** Default settings of callers with the changes of a test. */
final class TestCallersConfig {

    static final String HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private TestCallersConfig() {
    }

    /** @param keysAndValues without their prefix */
    static CallersConfig of(String... keysAndValues) {
        var properties = new HashMap<String, String>();
        for (var i = 0; i < keysAndValues.length; i += 2) {
            properties.put("gateway.callers." + keysAndValues[i], keysAndValues[i + 1]);
        }
        return new SmallRyeConfigBuilder().withMapping(CallersConfig.class).addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(Map.copyOf(properties), "test", 100))
                .withConverter(Duration.class, 200, new DurationConverter())
                .build().getConfigMapping(CallersConfig.class);
    }
}
