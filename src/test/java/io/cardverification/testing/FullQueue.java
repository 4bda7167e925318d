package io.cardverification.testing;

import java.util.Map;

import io.quarkus.test.junit.QuarkusTestProfile;

/** A previous process may have sent a request just now: the next permit is an hour away, and no caller may wait so long. */
public final class FullQueue implements QuarkusTestProfile {

    public static final int MAX_WAIT_MINUTES = 55;

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("gateway.pacing.limit", "1", "gateway.pacing.window", "1h", "gateway.pacing.start-saturated", "true",
                "gateway.pacing.max-wait", MAX_WAIT_MINUTES + "m");
    }
}
