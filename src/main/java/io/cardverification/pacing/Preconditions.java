package io.cardverification.pacing;

/** Checks of settings. The message names the setting and its rule. */
final class Preconditions {

    private Preconditions() {
    }

    /** @throws IllegalArgumentException with the message, if the rule is broken */
    static void require(boolean rule, String message) {
        if (!rule) {
            throw new IllegalArgumentException(message);
        }
    }
}
