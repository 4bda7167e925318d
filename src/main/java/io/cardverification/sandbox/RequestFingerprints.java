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
 * Computes a keyed hash of each request's values, so that equal requests are recognisable and values are not.
 *
 * <p>
 * Decision: the key is the sandbox's secret key and the hash has no random part. So a fingerprint survives a restart, and a
 * test can compute its own. The hash is cut to 64 bits to be readable; no test sends enough requests for a chance collision.
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

    /** @return equal fingerprints for equal values; empty if one of the three values is missing or not a string */
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
