package io.cardverification.callers;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

import io.cardverification.callers.CallersConfig.CallerConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

/**
 * Reads and parses the callers file.
 *
 * <p>
 * Decision: a file without a final line feed is invalid, and so is a key without a value. A truncated {@code
 * charges-per-day=5000} would be a limit of 50, or no limit. A truncated file may still end with a line feed. Therefore {@link
 * CallerDirectory} compares two reads.
 *
 * <p>
 * Rejected: an end marker on a separate line. An operator would have to move it with each new caller, and valid files would
 * become invalid.
 */
final class CallersFile {

    private static final String PREFIX = "gateway.callers";

    /** Enough for about 4,000 callers. */
    private static final int MAX_BYTES = 1024 * 1024;

    /** The part of the configuration that the file may contain. */
    @ConfigMapping(prefix = PREFIX)
    interface Content {

        Map<String, CallerConfig> named();
    }

    private CallersFile() {
    }

    /**
     * Blocks while it reads, for some milliseconds.
     *
     * @throws ConfigurationException with the broken rule, never a value
     */
    static byte[] read(Path file) {
        if (!Files.isRegularFile(file)) { // a read of a pipe would block
            throw invalid(file, "must be a readable file");
        }
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw invalid(file, "must be at most 1 MiB long");
            }
            return bytes;
        } catch (IOException e) {
            throw invalid(file, "must be a readable file");
        }
    }

    /** @throws ConfigurationException with the broken rule, never a value */
    static Map<String, CallerConfig> parse(Path file, byte[] bytes) {
        if (bytes.length == 0 || bytes[bytes.length - 1] != '\n') {
            throw invalid(file, "must end with a line feed: a file without one may be incomplete");
        }
        var properties = new Properties();
        try {
            properties.load(new StringReader(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString()));
        } catch (IOException | IllegalArgumentException e) {
            throw invalid(file, "must be a properties file in UTF-8");
        }
        var byName = new HashMap<String, String>();
        properties.stringPropertyNames().forEach(name -> byName.put(name, properties.getProperty(name)));
        for (var name : byName.keySet()) {
            if (!name.startsWith(CallerRegistry.NAMED_PREFIX)) {
                throw invalid(file, "must contain only keys that begin with gateway.callers.named.");
            }
        }
        if (byName.values().stream().anyMatch(String::isBlank)) {
            throw invalid(file, "must have a value for each key: a missing value would remove a limit");
        }
        try {
            return new SmallRyeConfigBuilder().withMapping(Content.class, PREFIX)
                    .withSources(new PropertiesConfigSource(byName, file.toString(), 100)).build()
                    .getConfigMapping(Content.class, PREFIX).named();
        } catch (ConfigValidationException e) {
            throw invalid(file,
                    "must contain valid settings of callers: a key is unknown, or a value has the wrong type");
        }
    }

    static ConfigurationException invalid(Path file, String rule) {
        return new ConfigurationException("gateway.callers.file " + file + " " + rule);
    }
}
