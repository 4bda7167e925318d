package io.cardverification.rest;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;

import org.jboss.resteasy.reactive.server.ServerResponseFilter;

import io.cardverification.verification.Quota;

/**
 * Tells on every answer what the limit leaves, as draft-ietf-httpapi-ratelimit-headers-10 words it, and how much of the
 * caller's patience counts (RFC 7240).
 *
 * <p>
 * Where nothing is left, {@code t} is when one who came now would be sent, behind all who wait.
 */
final class RateLimitHeaders {

    private static final String NAME = "\"upstream\"";

    private final Quota quota;

    RateLimitHeaders(Quota quota) {
        this.quota = quota;
    }

    @ServerResponseFilter
    void addTo(ContainerRequestContext request, ContainerResponseContext response) {
        var headers = response.getHeaders();
        current().forEach(headers::putSingle);
        RequestPreferences.maxWait(request.getHeaders().getOrDefault("Prefer", List.of())).ifPresent(wait -> {
            var longest = quota.longestWait();
            headers.putSingle("Preference-Applied",
                    "wait=" + (wait.compareTo(longest) > 0 ? longest : wait).toSeconds());
        });
    }

    /** What every answer bears, whoever gives it. */
    Map<String, String> current() {
        var now = quota.now();
        return Map.of("RateLimit-Policy", NAME + ";q=" + now.limit() + ";w=" + seconds(now.window()),
                "RateLimit", NAME + ";r=" + now.left() + ";t=" + seconds(now.left() > 0 ? now.window() : now.nextWait()));
    }

    /** Rounded up: not a moment too early. */
    static long seconds(Duration duration) {
        return duration.plusNanos(999_999_999).toSeconds();
    }
}
