package io.cardverification.callers;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Generates the keys of a new caller as lines for the configuration. A comment in them contains the API key, which only the
 * caller may know.
 */
public final class KeyGenerator {

    /** What {@link #isValidName} checks. */
    public static final String NAME_RULE = "1 to 64 letters, digits, '.', '_' and '-', must begin with a letter or a digit, and"
            + " must not be 'anonymous'";

    private static final int SECRET_ID_BYTES = 16;
    private static final int SECRET_KEY_BYTES = 32;

    private KeyGenerator() {
    }

    /** Checks the name of a caller. */
    public static boolean isValidName(String caller) {
        return CallerRegistry.isValidName(caller);
    }

    /**
     * Generates an API key and a pair of SecretId and SecretKey.
     *
     * @param caller the name of the caller
     * @param random must not be predictable
     */
    public static String configuration(String caller, SecureRandom random) {
        var apiKey = ApiKey.generate(random);
        var prefix = CallerRegistry.NAMED_PREFIX + (caller.contains(".") ? '"' + caller + '"' : caller);
        return String.format(Locale.ROOT, """
                # JSON API: give the key to the caller. The gateway stores only its hash.
                # Authorization: Bearer %s
                %s.key-hashes=%s
                # SDK API: give both values to the caller. The gateway stores both too.
                %s.secret-id=AKID%s
                %s.secret-key=%s
                """, apiKey, prefix, HexFormat.of().formatHex(ApiKey.hash(apiKey)), prefix,
                hex(random, SECRET_ID_BYTES), prefix, hex(random, SECRET_KEY_BYTES));
    }

    private static String hex(SecureRandom random, int bytes) {
        var value = new byte[bytes];
        random.nextBytes(value);
        return HexFormat.of().formatHex(value);
    }
}
