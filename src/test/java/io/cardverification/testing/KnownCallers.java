package io.cardverification.testing;

import java.util.HashMap;
import java.util.Map;

import io.quarkus.test.junit.QuarkusTestProfile;

/**
 * Callers with different permissions, some with SDK credentials, at a gateway that requires a key and encrypts its requests.
 */
public final class KnownCallers implements QuarkusTestProfile {

    /** May all. */
    public static final String EXAMPLE = "cvg_EXAMPLE_OPENS_THE_SANDBOX_AND_NOTHING_ELSE_";
    /** May not be urgent. */
    public static final String BATCH = "cvg_batchbatchbatchbatchbatchbatchbatchbatchbat";
    /** May have two verifications charged in a day. */
    public static final String THRIFTY = "cvg_thriftythriftythriftythriftythriftythriftyt";
    /** The same. */
    public static final String PRUDENT = "cvg_prudentprudentprudentprudentprudentprudentp";
    /** May have one request waiting. */
    public static final String LONELY = "cvg_lonelylonelylonelylonelylonelylonelylonelyl";

    /** The sandbox's public key for SM4-GCM. */
    private static final Map<String, String> ENCRYPTION = Map.of("gateway.upstream.encryption.algorithm", "SM4-GCM",
            "gateway.upstream.encryption.public-key",
            "MFkwEwYHKoZIzj0CAQYIKoEcz1UBgi0DQgAEDZf2OkjzT8y2z+PkGmI4VBz3fEuKLSFINH9vRao6JJnTW6thALI/dpRwBk04uvmMffVNb3zJ18geGMbz"
                    + "+xX7Dg==");

    @Override
    public Map<String, String> getConfigOverrides() {
        var settings = new HashMap<>(ENCRYPTION);
        settings.putAll(Map.of("gateway.callers.anonymous", "false",
                "gateway.sharing.across-callers", "false", "gateway.sandbox.daily-limit", "0",
                "gateway.callers.named.batch.lanes", "batch", "gateway.callers.named.thrifty.charges-per-day", "2",
                "gateway.callers.named.prudent.charges-per-day", "2",
                "gateway.callers.named.frugal.charges-per-day", "1", "gateway.callers.named.lonely.max-concurrent", "1"));
        Map.of("batch", BATCH, "thrifty", THRIFTY, "prudent", PRUDENT, "lonely", LONELY)
                .forEach((name, key) -> settings.put("gateway.callers.named." + name + ".key-hashes", Sha256.hex(key)));
        for (var name : new String[] { "batch", "frugal" }) {
            settings.put("gateway.callers.named." + name + ".secret-id", "AKID" + name);
            settings.put("gateway.callers.named." + name + ".secret-key", "key of " + name);
        }
        return settings;
    }
}
