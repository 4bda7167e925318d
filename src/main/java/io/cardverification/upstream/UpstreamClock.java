package io.cardverification.upstream;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import jakarta.inject.Singleton;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;

import org.jboss.logging.Logger;
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
 * Threads: any. Whoever corrects last wins; all who do have read the same clock.
 */
@Singleton
final class UpstreamClock implements ClientResponseFilter, MeterBinder {

    private static final Logger LOG = Logger.getLogger(UpstreamClock.class);

    /** A signature is good for five minutes; what differs by less than one is not why it has expired. */
    private static final Duration SIGNIFICANT = Duration.ofMinutes(1);

    private final Clock clock;
    private volatile Duration offset = Duration.ZERO;
    private volatile @Nullable Duration latest;

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
    public void filter(ClientRequestContext request, ClientResponseContext response) {
        // Without an answer there are no headers, and then Quarkus' getDate throws (read in HeaderUtil, 3.33).
        var date = response.getHeaders() == null ? null : response.getDate();
        if (date != null) {
            latest = Duration.between(clock.instant(), date.toInstant());
        }
    }

    /**
     * Called where the upstream says that a signature has expired.
     *
     * @param offset by which it was signed
     * @return whether signing again is worth it
     */
    boolean corrects(Duration offset) {
        var read = latest;
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
