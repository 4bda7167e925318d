package io.cardverification.testing;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import io.quarkus.test.junit.QuarkusTestProfile;

/** High limits and no circuit breaker, for tests that send many requests and cause many failures. */
public final class ManyRequests implements QuarkusTestProfile {

    public static final Path SANDBOX_LEDGER = Path.of("target", "sandbox-ledger.jsonl");

    @Override
    public Map<String, String> getConfigOverrides() {
        var settings = new HashMap<>(Map.of("gateway.sandbox.limit", "1000", "gateway.sandbox.daily-limit", "0",
                "gateway.pacing.limit", "1000", "gateway.upstream.retry-backoff", "1ms",
                "quarkus.rest-client.tencentcloud.connection-pool-size", "20000",
                "quarkus.rest-client.tencentcloud.read-timeout", "3000",
                "gateway.upstream.circuit-breaker.enabled", "false",
                "quarkus.log.category.\"io.cardverification.sandbox\".level", "ERROR"));
        settings.putAll(Map.of("quarkus.log.category.\"sandbox.ledger\".level", "DEBUG",
                "quarkus.log.category.\"sandbox.ledger\".handlers", "LEDGER",
                "quarkus.log.category.\"sandbox.ledger\".use-parent-handlers", "false",
                "quarkus.log.handler.file.\"LEDGER\".enabled", "true",
                "quarkus.log.handler.file.\"LEDGER\".path", SANDBOX_LEDGER.toString(),
                "quarkus.log.handler.file.\"LEDGER\".format", "%s%n",
                "quarkus.log.handler.file.\"LEDGER\".rotation.enabled", "false"));
        return settings;
    }
}
