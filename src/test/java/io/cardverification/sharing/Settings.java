package io.cardverification.sharing;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

/** The settings as they are by default, but for what a test says. */
final class Settings {

    private Settings() {
    }

    /** @param keysAndValues without their prefix */
    static SharingConfig of(String... keysAndValues) {
        var properties = new HashMap<String, String>();
        for (var i = 0; i < keysAndValues.length; i += 2) {
            properties.put("gateway.sharing." + keysAndValues[i], keysAndValues[i + 1]);
        }
        return new SmallRyeConfigBuilder().withMapping(SharingConfig.class).addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(Map.copyOf(properties), "test", 100))
                .withConverter(Duration.class, 200, new io.quarkus.runtime.configuration.DurationConverter())
                .build().getConfigMapping(SharingConfig.class);
    }
}
