package io.cardverification.tencentcloud;

import org.jspecify.annotations.Nullable;

/**
 * The signing keys of one secret key: derived when the day or the service changes, not for every request.
 *
 * <p>
 * Threads: any. Two threads may derive the same key at midnight; either may win, since both are right.
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
