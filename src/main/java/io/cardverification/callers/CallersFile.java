package io.cardverification.callers;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

import io.cardverification.callers.CallersConfig.Named;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

/** What the file of callers says. */
final class CallersFile {

    private static final String PREFIX = "gateway.callers";

    /** The part of the configuration that may be in the file. */
    @ConfigMapping(prefix = PREFIX)
    interface Content {

        Map<String, Named> named();
    }

    private CallersFile() {
    }

    /**
     * Blocks for as long as it takes to read, some milliseconds.
     *
     * @throws ConfigurationException naming the rule that is broken; never a value
     */
    static Map<String, Named> read(Path file, byte[] bytes) {
        var properties = new Properties();
        try {
            properties.load(new StringReader(new String(bytes, StandardCharsets.UTF_8)));
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigurationException("gateway.callers.file " + file + " must be a properties file");
        }
        var byName = new HashMap<String, String>();
        properties.stringPropertyNames().forEach(name -> byName.put(name, properties.getProperty(name)));
        for (var name : byName.keySet()) {
            if (!name.startsWith(Roster.KEY)) {
                throw new ConfigurationException(
                        "gateway.callers.file " + file + " must hold keys that begin with gateway.callers.named. only");
            }
        }
        try {
            return new SmallRyeConfigBuilder().withMapping(Content.class, PREFIX)
                    .withSources(new PropertiesConfigSource(byName, file.toString(), 100)).build()
                    .getConfigMapping(Content.class, PREFIX).named();
        } catch (ConfigValidationException e) {
            throw new ConfigurationException("gateway.callers.file " + file + " must hold settings of callers as the"
                    + " configuration has them: one is unknown, or of another type");
        }
    }
}
