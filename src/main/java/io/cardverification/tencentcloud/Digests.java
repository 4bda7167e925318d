package io.cardverification.tencentcloud;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The hash and MAC primitives of the signatures, in the specification's spelling. Threads: any. */
final class Digests {

    static final String HMAC_SHA256 = "HmacSHA256";

    private static final HexFormat LOWER_HEX = HexFormat.of();

    /** One for each thread, because creating one costs half a hash. Safe, because no call leaves it in a partial state. */
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(Digests::sha256);

    private Digests() {
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String sha256Hex(byte[] bytes) {
        return LOWER_HEX.formatHex(SHA_256.get().digest(bytes));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static String sha256Hex(String text) {
        return sha256Hex(utf8(text));
    }

    static byte[] hmacSha256(byte[] key, String text) {
        return hmac(HMAC_SHA256, key, text);
    }

    static byte[] hmac(String algorithm, byte[] key, String text) {
        return initializedMac(algorithm, key).doFinal(utf8(text));
    }

    /** Returns a MAC that is ready for input. Threads: one at a time. */
    static Mac initializedMac(String algorithm, byte[] key) {
        try {
            var mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    /** Compares in constant time, so that response times reveal no part of a signature or a token. */
    static boolean constantTimeEquals(String known, String claimed) {
        return MessageDigest.isEqual(utf8(known), utf8(claimed));
    }

    static String hex(byte[] bytes) {
        return LOWER_HEX.formatHex(bytes);
    }
}
