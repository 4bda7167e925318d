package io.cardverification.pacing;

/** Preconditions that name the setting and its rule. */
final class Preconditions {

    private Preconditions() {
    }

    /** @throws IllegalArgumentException with the message, unless the rule holds */
    static void require(boolean rule, String message) {
        if (!rule) {
            throw new IllegalArgumentException(message);
        }
    }
}
