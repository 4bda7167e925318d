package io.cardverification.callers;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A caller's API key: {@code cvg_} and 32 random bytes in base64url.
 *
 * <p>
 * The gateway keeps only its SHA-256. A salt or a slow hash protects passwords that people choose; 256 random bits cannot be
 * guessed. A slow hash would also let a client with many wrong keys keep the gateway busy. The prefix lets secret scanners
 * find leaked keys.
 */
final class ApiKey {

    static final String PREFIX = "cvg_";

    private static final int RANDOM_BYTES = 32;
    private static final Pattern FORMAT = Pattern.compile("cvg_[A-Za-z0-9_-]{43}");

    private ApiKey() {
    }

    /** @param random must not be predictable */
    static String generate(SecureRandom random) {
        var bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static boolean isWellFormed(String text) {
        return FORMAT.matcher(text).matches();
    }

    static byte[] hash(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
