package io.cardverification.testing;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import io.quarkus.test.junit.QuarkusTestProfile;

/**
 * The production limit with a margin for gateway, sandbox and clients that share the processors of a build machine; a ledger,
 * traces, and answers that serve again.
 */
public final class SharedProcessors implements QuarkusTestProfile {

    /** Above the jitter of a build machine; 200 requests still take less than 11 s. */
    public static final Duration MARGIN = Duration.ofMillis(150);

    @Override
    public Map<String, String> getConfigOverrides() {
        var settings = new HashMap<>(Spans.ON);
        settings.putAll(Map.of("gateway.pacing.margin", MARGIN.toMillis() + "ms", "gateway.sandbox.daily-limit", "0",
                "gateway.ledger.file", "target/ledger-shared-processors.jsonl", "gateway.cache.ttl.mismatch", "1h",
                "gateway.idempotency.max-entries", "12000", "gateway.upstream.retry-backoff", "1ms"));
        return settings;
    }
}
