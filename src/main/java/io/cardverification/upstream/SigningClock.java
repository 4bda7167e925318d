package io.cardverification.upstream;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

import jakarta.inject.Singleton;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.core.HttpHeaders;

import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientResponseFilter;
import org.jspecify.annotations.Nullable;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * The time of signatures: this machine's, until the upstream reports an expired signature; then the upstream's, from the
 * {@code Date} header of its responses, as a constant offset.
 *
 * <p>
 * Rejected: always using {@code Date}. One faulty proxy would invalidate good signatures.
 *
 * <p>
 * Implements the filter of Quarkus REST, since the standard filter runs on a worker thread for each response.
 *
 * <p>
 * Threads: any. The last correction applies; all of them read the same clock.
 */
@Singleton
final class SigningClock implements ResteasyReactiveClientResponseFilter, MeterBinder {

    private static final Logger LOG = Logger.getLogger(SigningClock.class);

    /** A signature is valid for five minutes, so a smaller difference does not explain an expired one. */
    private static final Duration SIGNIFICANT = Duration.ofMinutes(1);

    /**
     * The date of the latest response. It is rarely needed, so it is not parsed.
     *
     * @param date the header
     * @param at the time of this machine when it arrived
     */
    private record ServerDate(String date, Instant at) {

        /** @return null if it is not a date in the format that RFC 9110 requires */
        @Nullable
        Duration offset() {
            try {
                return Duration.between(at, DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from));
            } catch (DateTimeParseException e) {
                return null;
            }
        }
    }

    private final Clock clock;
    private volatile Duration offset = Duration.ZERO;
    private volatile @Nullable ServerDate latest;

    SigningClock(Clock clock) {
        this.clock = clock;
    }

    Instant instant() {
        return clock.instant().plus(offset);
    }

    /** Offset of the signing time from the clock of this machine; positive if it is ahead. */
    Duration offset() {
        return offset;
    }

    @Override
    public void filter(ResteasyReactiveClientRequestContext request, ClientResponseContext response) {
        // Without a response there are no headers (read in ClientResponseContextImpl, 3.33).
        var date = response.getHeaders() == null ? null : response.getHeaderString(HttpHeaders.DATE);
        if (date != null) {
            latest = new ServerDate(date, clock.instant());
        }
    }

    /**
     * Corrects the time after the upstream has reported an expired signature.
     *
     * @param offset with which the request was signed
     * @return whether a new signature would have another time
     */
    boolean adjust(Duration offset) {
        var serverDate = latest;
        var read = serverDate == null ? null : serverDate.offset();
        if (read != null && differ(read, this.offset)) {
            this.offset = read;
            LOG.warnf(
                    "The upstream's clock differs from this machine's by %d s. The gateway corrects its signatures; repair the time"
                            + " synchronisation of this machine",
                    read.toSeconds());
        }
        return differ(offset, this.offset);
    }

    private static boolean differ(Duration one, Duration other) {
        return one.minus(other).abs().compareTo(SIGNIFICANT) > 0;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("gateway.upstream.clock.offset.seconds", this, now -> now.offset().toSeconds())
                .description("Offset of the signing time from the clock of this machine; positive if it is ahead")
                .register(registry);
    }
}
