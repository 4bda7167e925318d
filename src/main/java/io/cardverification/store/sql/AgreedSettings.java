package io.cardverification.store.sql;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The settings of which all gateways of a store must have the same values. */
public final class AgreedSettings {

    private static final String ALGORITHM = "HmacSHA256";

    private AgreedSettings() {
    }

    /**
     * @param secretId of the account whose limit and bill the gateways share
     * @param sharingSecret the key of all keyed hashes in the store
     */
    public static List<AgreedSetting> of(int limit, Duration window, String secretId, String sharingSecret) {
        return List.of(
                new AgreedSetting("gateway.pacing.limit", String.valueOf(limit), false),
                new AgreedSetting("gateway.pacing.window", window.toString(), false),
                new AgreedSetting("gateway.sharing.secret", hash(sharingSecret, "sharing secret"), true),
                new AgreedSetting("gateway.upstream.secret-id", hash("account", secretId), true));
    }

    private static String hash(String key, String text) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
