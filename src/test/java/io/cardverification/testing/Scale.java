package io.cardverification.testing;

/** The size of the large tests: a tenth, and the whole size with {@code -Dthorough}. */
public final class Scale {

    private static final int DIVISOR = Boolean.getBoolean("thorough") ? 1 : 10;

    private Scale() {
    }

    public static int of(int whole) {
        return whole / DIVISOR;
    }
}
