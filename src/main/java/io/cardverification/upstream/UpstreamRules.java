package io.cardverification.upstream;

import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;

import org.eclipse.microprofile.config.Config;

import io.cardverification.pacing.PacingConfig;
import io.quarkus.runtime.configuration.ConfigurationException;

/** What the settings of the way to the upstream must be for anything to start, each alone and all together. */
final class UpstreamRules {

    private static final String CLIENT = "quarkus.rest-client.tencentcloud.";
    private static final int MOST_MILLIS = 86_400_000;
    /**
     * The most whose square is an int: Vert.x 4.5's pool multiplies the sizes for HTTP/1.1 and HTTP/2, and past it lets nobody
     * in.
     */
    private static final int MOST_CONNECTIONS = 46_340;

    private final Config all;

    private UpstreamRules(Config all) {
        this.all = all;
    }

    /** @throws ConfigurationException naming the key and the rule that is broken */
    static void require(UpstreamConfig upstream, PacingConfig pacing, Config all) {
        new UpstreamRules(all).require(upstream, pacing);
    }

    private void require(UpstreamConfig upstream, PacingConfig pacing) {
        require(upstream.retries() >= 0 && upstream.retries() <= 10, "gateway.upstream.retries must be 0 to 10");
        require(upstream.retryBackoff().compareTo(Duration.ZERO) > 0
                && upstream.retryBackoff().compareTo(Duration.ofMinutes(1)) <= 0,
                "gateway.upstream.retry-backoff must be above zero, to a minute");
        var timeouts = Duration.ofMillis(whole(CLIENT + "connect-timeout", 1, MOST_MILLIS)
                + whole(CLIENT + "read-timeout", 1, MOST_MILLIS));
        require(upstream.answerTimeout().compareTo(timeouts) > 0 && upstream.answerTimeout().toDays() <= 2,
                "gateway.upstream.answer-timeout must be above " + CLIENT + "connect-timeout and read-timeout together, to two"
                        + " days");
        requirePool(pacing, timeouts);
        requireHttp1();
    }

    /** What bounds the upstream's answers, {@link ResponseGuard}, reads HTTP/1.1. */
    private void requireHttp1() {
        for (var key : List.of(CLIENT + "http2", CLIENT + "alpn", "quarkus.rest-client.http2", "quarkus.rest-client.alpn")) {
            require(!all.getOptionalValue(key, Boolean.class).orElse(false),
                    key + " must be false: the upstream is asked by HTTP/1.1");
        }
    }

    /** A window that is none is refused by the pacer. */
    private void requirePool(PacingConfig pacing, Duration timeouts) {
        var window = pacing.window();
        var least = window.isNegative() || window.isZero() ? 0 : timeouts.multipliedBy(pacing.limit()).dividedBy(window);
        require(whole(CLIENT + "connection-pool-size", 1, MOST_CONNECTIONS) > least, CLIENT
                + "connection-pool-size must be above what gateway.pacing.limit sends within both timeouts, which is " + least);
    }

    private long whole(String key, long least, long most) {
        try {
            var number = all.getValue(key, Long.class);
            require(number >= least && number <= most, key + " must be " + least + " to " + most);
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
