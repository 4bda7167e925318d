package io.cardverification.label;

import java.util.Locale;

/** Labels such as {@code not-sent} for enum constants such as {@code NOT_SENT}. Threads: stateless. */
public final class KebabCase {

    private KebabCase() {
    }

    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
