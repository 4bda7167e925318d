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
 * The time to sign by: this machine's, until the upstream says that a signature has expired; then the upstream's, as the
 * {@code Date} of its answers tells it.
 *
 * <p>
 * Rejected: following {@code Date} always, which would let one bad proxy spoil signatures that were good.
 *
 * <p>
 * A filter of Quarkus REST's own kind, since it takes any other to a worker thread for each answer.
 *
 * <p>
 * Threads: any. Whoever corrects last wins; all who do have read the same clock.
 */
@Singleton
final class UpstreamClock implements ResteasyReactiveClientResponseFilter, MeterBinder {

    private static final Logger LOG = Logger.getLogger(UpstreamClock.class);

    /** A signature is good for five minutes; what differs by less than one is not why it has expired. */
    private static final Duration SIGNIFICANT = Duration.ofMinutes(1);

    /**
     * What the latest answer said, which nearly never matters and so is not parsed.
     *
     * @param date as it came
     * @param at when it came, by this machine's clock
     */
    private record Told(String date, Instant at) {

        /** @return null where it is no date (RFC 9110, the one form that may be sent) */
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
    private volatile @Nullable Told latest;

    UpstreamClock(Clock clock) {
        this.clock = clock;
    }

    Instant instant() {
        return clock.instant().plus(offset);
    }

    /** How far the time to sign by is ahead of this machine's. */
    Duration offset() {
        return offset;
    }

    @Override
    public void filter(ResteasyReactiveClientRequestContext request, ClientResponseContext response) {
        // Without an answer there are no headers (read in ClientResponseContextImpl, 3.33).
        var date = response.getHeaders() == null ? null : response.getHeaderString(HttpHeaders.DATE);
        if (date != null) {
            latest = new Told(date, clock.instant());
        }
    }

    /**
     * Called where the upstream says that a signature has expired.
     *
     * @param offset by which it was signed
     * @return whether signing again is worth it
     */
    boolean corrects(Duration offset) {
        var told = latest;
        var read = told == null ? null : told.offset();
        if (read != null && differ(read, this.offset)) {
            this.offset = read;
            LOG.warnf("The upstream's clock is %d s ahead of this machine's: signatures are made by the upstream's from now on",
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
                .description("How far the time to sign by is ahead of this machine's").register(registry);
    }
}
