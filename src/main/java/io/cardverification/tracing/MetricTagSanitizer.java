package io.cardverification.tracing;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;

/**
 * Lets only known addresses and methods into the server's metrics: what else a caller has put there may be a person's data, and
 * each would be a series for ever. Why: Quarkus writes the path as it came wherever no route of its own has answered, which at
 * the SDK door is always (found by asking). Threads: any.
 */
@Singleton
final class MetricTagSanitizer implements MeterFilter {

    private static final String SERVER_METRIC_PREFIX = "http.server";
    private static final String OTHER = "other";

    private static final Map<String, Set<String>> KNOWN_VALUES = Map.of(
            "uri", Set.of("/v1/verifications", "root", "NOT_FOUND", "REDIRECTION", "UNKNOWN"),
            "method", Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"));

    @Override
    public Meter.Id map(Meter.Id id) {
        return id.getName().startsWith(SERVER_METRIC_PREFIX)
                ? id.replaceTags(id.getTags().stream().map(MetricTagSanitizer::sanitize).collect(Collectors.toList()))
                : id;
    }

    private static Tag sanitize(Tag tag) {
        var known = KNOWN_VALUES.get(tag.getKey());
        return known == null || known.contains(tag.getValue()) ? tag : Tag.of(tag.getKey(), OTHER);
    }
}
