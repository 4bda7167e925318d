package io.cardverification.store.sql;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.smallrye.mutiny.Uni;

/** The settings of which all gateways of a store must have the same values. */
public final class AgreedSettings {

    private static final String LIMIT = "gateway.pacing.limit";
    private static final String ALGORITHM = "HmacSHA256";

    private AgreedSettings() {
    }

    /**
     * @param secretId of the account whose limit and bill the gateways share
     * @param sharingSecret the key of all keyed hashes in the store
     */
    public static List<AgreedSetting> of(int limit, Duration window, String secretId, String sharingSecret) {
        return List.of(
                new AgreedSetting(LIMIT, String.valueOf(limit), false),
                new AgreedSetting("gateway.pacing.window", window.toString(), false),
                new AgreedSetting("gateway.sharing.secret", hash(sharingSecret, "sharing secret"), true),
                new AgreedSetting("gateway.upstream.secret-id", hash("account", secretId), true));
    }

    /** Whether this is the limit of all gateways now. A gateway that was away for long may run with an earlier one. */
    public static Uni<Boolean> isLimit(Sql sql, int limit) {
        return SettingTable.find(sql, LIMIT).map(known -> known.filter(String.valueOf(limit)::equals).isPresent());
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
