package io.cardverification.tencentcloud;

import org.jspecify.annotations.Nullable;

/**
 * Caches the latest signing key of one secret key; derives a new one if the day or the service changes.
 *
 * <p>
 * Threads: any. Two threads may derive the same key at midnight; both results are correct, and the last write wins.
 */
final class SigningKeys {

    private final String secretKey;
    private volatile @Nullable SigningKey latest;

    SigningKeys(String secretKey) {
        this.secretKey = secretKey;
    }

    SigningKey of(CredentialScope scope) {
        var key = latest;
        if (key == null || !key.scope().equals(scope)) {
            key = SigningKey.derive(secretKey, scope);
            latest = key;
        }
        return key;
    }

    String secretKey() {
        return secretKey;
    }
}
