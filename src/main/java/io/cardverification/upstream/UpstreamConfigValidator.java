package io.cardverification.upstream;

import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;

import org.eclipse.microprofile.config.Config;

import io.cardverification.config.ConfigRange;
import io.cardverification.pacing.PacingConfig;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Checks the settings of the upstream, each alone and all together. */
final class UpstreamConfigValidator {

    private static final String CLIENT = "quarkus.rest-client.tencentcloud.";
    private static final int MAX_MILLIS = 86_400_000;
    private static final int MAX_COUNTED = 100_000;
    /**
     * The largest number whose square is an int. Vert.x 4.5's pool multiplies the sizes for HTTP/1.1 and HTTP/2; after an
     * overflow it accepts no request.
     */
    private static final int MAX_CONNECTIONS = 46_340;

    private final Config all;

    private UpstreamConfigValidator(Config all) {
        this.all = all;
    }

    /** @throws ConfigurationException with the key and the rule */
    static void require(UpstreamConfig upstream, PacingConfig pacing, Config all) {
        new UpstreamConfigValidator(all).require(upstream, pacing);
    }

    private void require(UpstreamConfig upstream, PacingConfig pacing) {
        ConfigRange.require("gateway.upstream.retries", upstream.retries(), 0, 10);
        ConfigRange.requireAbove("gateway.upstream.retry-backoff", upstream.retryBackoff(), Duration.ofMinutes(1));
        var timeouts = Duration.ofMillis(whole(CLIENT + "connect-timeout", 1, MAX_MILLIS)
                + whole(CLIENT + "read-timeout", 1, MAX_MILLIS));
        require(upstream.answerTimeout().compareTo(timeouts) > 0 && upstream.answerTimeout().toDays() <= 2,
                "gateway.upstream.answer-timeout must be above " + CLIENT + "connect-timeout and read-timeout together, to two"
                        + " days");
        requirePool(pacing, timeouts);
        requireHttp1();
    }

    /** {@link ResponseGuard}, which bounds the responses, reads HTTP/1.1. */
    private void requireHttp1() {
        for (var key : List.of(CLIENT + "http2", CLIENT + "alpn", "quarkus.rest-client.http2", "quarkus.rest-client.alpn")) {
            require(!all.getOptionalValue(key, Boolean.class).orElse(false),
                    key + " must be false: the gateway sends requests over HTTP/1.1");
        }
    }

    /** Before the circuit breaker is built, which rejects some values with other messages. */
    static void requireBreaker(UpstreamConfig upstream) {
        var breaker = upstream.circuitBreaker();
        var prefix = "gateway.upstream.circuit-breaker.";
        ConfigRange.require(prefix + "request-volume-threshold", breaker.requestVolumeThreshold(), 1, MAX_COUNTED);
        ConfigRange.require(prefix + "success-threshold", breaker.successThreshold(), 1, MAX_COUNTED);
        ConfigRange.require(prefix + "delay", breaker.delay(), Duration.ofMillis(1), Duration.ofMinutes(10));
        require(breaker.failureRatio() > 0 && breaker.failureRatio() <= 1, prefix + "failure-ratio must be above 0, to 1");
    }

    /** The pacer rejects a window of zero or less. */
    private void requirePool(PacingConfig pacing, Duration timeouts) {
        var window = pacing.window();
        var least = window.isNegative() || window.isZero() ? 0 : timeouts.multipliedBy(pacing.limit()).dividedBy(window);
        require(whole(CLIENT + "connection-pool-size", 1, MAX_CONNECTIONS) > least, CLIENT
                + "connection-pool-size must be above what gateway.pacing.limit sends within both timeouts, which is " + least);
    }

    private long whole(String key, long min, long max) {
        try {
            var number = all.getValue(key, Long.class);
            ConfigRange.require(key, number, min, max);
            return number;
        } catch (IllegalArgumentException | NoSuchElementException e) {
            throw new ConfigurationException(key + " must be a number");
        }
    }

    private static void require(boolean rule, String message) {
        if (!rule) {
            throw new ConfigurationException(message);
        }
    }
}
