package io.cardverification;

import io.cardverification.pipeline.SharingConfig;
import io.quarkus.runtime.configuration.ConfigurationException;

final class SharingConfigValidator {

    private static final int MIN_SECRET_CHARS = 32;

    private SharingConfigValidator() {
    }

    /** @throws ConfigurationException with the key and the rule */
    static void require(SharingConfig config) {
        if (config.secret().map(String::length).orElse(MIN_SECRET_CHARS) < MIN_SECRET_CHARS) {
            throw new ConfigurationException("gateway.sharing.secret must be at least " + MIN_SECRET_CHARS + " characters");
        }
    }
}
