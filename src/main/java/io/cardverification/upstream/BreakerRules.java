package io.cardverification.upstream;

import java.util.List;

import org.eclipse.microprofile.config.spi.ConfigSource;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;

/**
 * Refuses wrong settings of the circuit breaker before anybody reads them. Adds no source of configuration.
 *
 * <p>
 * Why here and not with all the others: SmallRye Fault Tolerance reads them before the application starts, and refuses with a
 * stack trace that does not name the key.
 *
 * <p>
 * Public, and with a constructor, for code that Quarkus generates.
 */
public final class BreakerRules implements ConfigSourceFactory {

    private static final String PREFIX = "quarkus.fault-tolerance.\"io.cardverification.upstream.SingleSend/send\".circuit-breaker.";
    private static final int MOST_MILLIS = 86_400_000;
    private static final int MOST_COUNTED = 100_000;

    /** @throws ConfigurationException naming the key and the rule that is broken */
    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        require(context, "request-volume-threshold", 1, MOST_COUNTED);
        require(context, "success-threshold", 1, MOST_COUNTED);
        require(context, "delay", 1, MOST_MILLIS);
        require(context, "failure-ratio", Double.MIN_VALUE, 1);
        return List.of();
    }

    private static void require(ConfigSourceContext context, String name, double least, int most) {
        var value = context.getValue(PREFIX + name);
        if (value != null && value.getValue() != null && !isWithin(value.getValue(), least, most)) {
            throw new ConfigurationException(PREFIX + name + " must be "
                    + (least < 1 ? "above 0, to " : "a whole number, 1 to ") + most);
        }
    }

    private static boolean isWithin(String text, double least, int most) {
        try {
            var number = least < 1 ? Double.parseDouble(text) : Integer.parseInt(text);
            return number >= least && number <= most;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
