package io.cardverification.store.sql;

/**
 * A setting of which all gateways of one store must have the same value.
 *
 * @param key as in the configuration
 * @param value or its hash if {@code isSecret}
 */
public record AgreedSetting(String key, String value, boolean isSecret) {

    /** Contains no secret. */
    String difference(String other) {
        return isSecret ? key + " differs from that of another gateway that uses the same store"
                : key + " is " + value + ", but another gateway that uses the same store has " + other;
    }
}
