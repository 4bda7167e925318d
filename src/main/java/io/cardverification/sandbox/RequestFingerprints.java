package io.cardverification.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.vertx.core.json.JsonObject;

/**
 * Tells which requests ask the same, and to whoever does not have the key nothing of what they ask.
 *
 * <p>
 * Decision: keyed with the sandbox's secret key and nothing random, so that a question keeps its name over restarts and a test
 * can find its own. A quarter of the hash is easier to read, and no test asks so much that 64 bits meet by chance.
 *
 * <p>
 * Threads: one, the sandbox's event loop.
 */
final class RequestFingerprints {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int FINGERPRINT_BYTES = 8;

    private final Mac mac;

    RequestFingerprints(String secretKey) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secretKey.getBytes(StandardCharsets.UTF_8), ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /** @return the same for the same question, and nothing where one of the three values is missing or no text */
    Optional<String> of(JsonObject parameters) {
        if (parameters.getValue("BankCard") instanceof String bankCard
                && parameters.getValue("Name") instanceof String name
                && parameters.getValue("IdCard") instanceof String idCard) {
            var text = bankCard.strip() + '\n' + name.strip() + '\n' + idCard.strip().toUpperCase(Locale.ROOT) + '\n';
            return Optional
                    .of(HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)), 0, FINGERPRINT_BYTES));
        }
        return Optional.empty();
    }
}
