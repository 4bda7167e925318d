package io.cardverification;

import java.util.HashMap;
import java.util.Map;

import io.quarkus.test.junit.QuarkusTestProfile;

/** Nobody is let in without a key, and each of these may something else. Each has a key pair, too. */
public final class KnownCallers implements QuarkusTestProfile {

    /** May all. */
    static final String EXAMPLE = "cvg_EXAMPLE_OPENS_THE_SANDBOX_AND_NOTHING_ELSE_";
    /** May not be urgent. */
    static final String BATCH = "cvg_batchbatchbatchbatchbatchbatchbatchbatchbat";
    /** May have two verifications charged in a day. */
    static final String THRIFTY = "cvg_thriftythriftythriftythriftythriftythriftyt";
    /** The same. */
    static final String PRUDENT = "cvg_prudentprudentprudentprudentprudentprudentp";
    /** May have one request waiting. */
    static final String LONELY = "cvg_lonelylonelylonelylonelylonelylonelylonelyl";

    @Override
    public Map<String, String> getConfigOverrides() {
        var settings = new HashMap<>(Map.of("gateway.callers.anonymous", "false",
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
