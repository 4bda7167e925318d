package io.cardverification.callers;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A caller's key to the front door: {@code cvg_} and 32 random bytes in Base64 for addresses.
 *
 * <p>
 * Kept as its SHA-256. No salt and no slow hash: those protect what people think up, and nobody guesses 256 random bits; a
 * slow hash would let whoever sends many wrong keys keep the gateway busy. The prefix lets scanners find keys in places where
 * none should be.
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
