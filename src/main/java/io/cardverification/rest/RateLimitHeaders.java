package io.cardverification.rest;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;

import org.jboss.resteasy.reactive.server.ServerResponseFilter;

import io.cardverification.verification.RateLimitStatus;

/**
 * Adds the state of the upstream's rate limit (draft-ietf-httpapi-ratelimit-headers-10) and the effective maximum wait (RFC
 * 7240) to every response.
 *
 * <p>
 * If the limit is exhausted, {@code t} is the wait of a new request after all waiting requests.
 */
final class RateLimitHeaders {

    private static final String NAME = "\"upstream\"";

    private final RateLimitStatus rateLimit;

    RateLimitHeaders(RateLimitStatus rateLimit) {
        this.rateLimit = rateLimit;
    }

    @ServerResponseFilter
    void addTo(ContainerRequestContext request, ContainerResponseContext response) {
        var headers = response.getHeaders();
        current().forEach(headers::putSingle);
        RequestPreferences.maxWait(request.getHeaders().getOrDefault("Prefer", List.of())).ifPresent(wait -> {
            var longest = rateLimit.maxWait();
            headers.putSingle("Preference-Applied",
                    "wait=" + (wait.compareTo(longest) > 0 ? longest : wait).toSeconds());
        });
    }

    /** The rate limit headers, also for responses outside Quarkus REST. */
    Map<String, String> current() {
        var now = rateLimit.snapshot();
        return Map.of("RateLimit-Policy", NAME + ";q=" + now.limit() + ";w=" + seconds(now.window()),
                "RateLimit",
                NAME + ";r=" + now.remaining() + ";t=" + seconds(now.remaining() > 0 ? now.window() : now.nextWait()));
    }

    /** Rounds up, so that no caller retries too early. */
    static long seconds(Duration duration) {
        return duration.plusNanos(999_999_999).toSeconds();
    }
}
