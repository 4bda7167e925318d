package io.cardverification.tencentcloud;

import org.jspecify.annotations.Nullable;

/**
 * A key pair as the Tencent Cloud console issues it.
 *
 * @param token of a temporary key pair (STS), or null for a permanent one
 */
public record Credentials(String secretId, String secretKey, @Nullable String token) {

    /** @throws IllegalArgumentException if white space surrounds a key, which would only cause signature failures */
    public Credentials {
        requireTrimmed("SecretId", secretId);
        requireTrimmed("SecretKey", secretKey);
    }

    private static void requireTrimmed(String what, String key) {
        if (key.isBlank() || !key.equals(key.strip())) {
            throw new IllegalArgumentException(what + " must not be empty or have white space before or after it");
        }
    }

    @Override
    public String toString() {
        return "Credentials[*]";
    }
}
