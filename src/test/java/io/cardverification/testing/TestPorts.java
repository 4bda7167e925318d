package io.cardverification.testing;

import java.util.Map;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** Gives the gateway under test and its sandbox free ports. */
@QuarkusTestResource(TestPorts.class)
public final class TestPorts implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        return Map.of("gateway.sandbox.port", Integer.toString(FreePorts.one()), "quarkus.http.test-port", "0",
                "quarkus.http.test-ssl-port", "0", "quarkus.management.test-port", "0",
                // For the packaged application, which would otherwise use the same ports for each start.
                "quarkus.http.port", "0", "quarkus.http.ssl-port", "0", "quarkus.management.port",
                Integer.toString(FreePorts.one()));
    }

    @Override
    public void stop() {
        // There is nothing to release.
    }
}
