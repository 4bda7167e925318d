package io.cardverification;

import java.util.Locale;
import java.util.Set;

import jakarta.annotation.Priority;

import org.eclipse.microprofile.config.spi.Converter;

/**
 * Converts booleans of all settings. It accepts the words of MicroProfile Config and rejects all others.
 *
 * <p>
 * Rejected: the built-in converter, which converts unknown words, such as {@code ture}, to false.
 */
@Priority(200)
public final class StrictBooleanConverter implements Converter<Boolean> {

    private static final Set<String> TRUE_VALUES = Set.of("true", "1", "yes", "y", "on");
    private static final Set<String> FALSE_VALUES = Set.of("false", "0", "no", "n", "off");

    @Override
    public Boolean convert(String value) {
        var text = value.strip().toLowerCase(Locale.ROOT);
        if (!TRUE_VALUES.contains(text) && !FALSE_VALUES.contains(text)) {
            throw new IllegalArgumentException("Expected true or false");
        }
        return TRUE_VALUES.contains(text);
    }
}
