package io.cardverification.tracing;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;

/**
 * Replaces unknown paths and methods in the server's metrics by {@code other}. Threads: any.
 *
 * <p>
 * Reason: a path from a caller may contain personal data, and each new value would create a time series that never ends.
 * Quarkus tags the raw path if the response does not come from a JAX-RS route. At the SDK API that is always the case
 * (found by a test).
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
