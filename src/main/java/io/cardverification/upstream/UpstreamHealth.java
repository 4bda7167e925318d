package io.cardverification.upstream;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

import io.cardverification.label.KebabCase;

/**
 * Whether a request that comes now can be expected to get an answer.
 *
 * <p>
 * The first answer clears every cause. A cause also ends if it is not reported again for a while; then the next request
 * decides.
 * This is necessary, since a gateway that is not ready receives no requests and would never recover. Rejected: a request of the
 * gateway's own, which costs money.
 *
 * <p>
 * Threads: any; its own lock guards it, for a few instructions.
 */
final class UpstreamHealth {

    /** How long a cause lasts that is not reported again. */
    static final Duration MAX_AGE = Duration.ofSeconds(30);

    /** How long a cause that may end by itself is tolerated: several periods of usual probes. */
    static final Duration TOLERANCE = Duration.ofSeconds(30);

    /** Why the gateway is not ready. */
    enum Cause {
        CREDENTIALS_REFUSED(Duration.ZERO),
        ACCOUNT_REFUSED(Duration.ZERO),
        CIRCUIT_OPEN(TOLERANCE),
        LIMIT_EXCEEDED(TOLERANCE);

        private final Duration tolerance;

        Cause(Duration tolerance) {
            this.tolerance = tolerance;
        }

        /** The name of the problem type with the same reason. */
        String label() {
            return KebabCase.of(this);
        }
    }

    private record Episode(long sinceNanos, long lastNanos) {

        boolean isActive(Cause cause, long nowNanos) {
            return nowNanos - sinceNanos >= cause.tolerance.toNanos() && nowNanos - lastNanos < MAX_AGE.toNanos();
        }
    }

    private final LongSupplier nanoClock;
    private final Map<Cause, Episode> episodes = new EnumMap<>(Cause.class);

    UpstreamHealth(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    synchronized void report(Cause cause) {
        var nowNanos = nanoClock.getAsLong();
        var episode = episodes.get(cause);
        episodes.put(cause, new Episode(episode == null ? nowNanos : episode.sinceNanos(), nowNanos));
    }

    synchronized void clear(Cause cause) {
        episodes.remove(cause);
    }

    /** The upstream answered, so no cause remains. */
    synchronized void recordSuccess() {
        episodes.clear();
    }

    synchronized boolean isActive(Cause cause) {
        var episode = episodes.get(cause);
        return episode != null && episode.isActive(cause, nanoClock.getAsLong());
    }

    /** The most severe cause; empty if the gateway is ready. */
    Optional<Cause> cause() {
        for (var cause : Cause.values()) {
            if (isActive(cause)) {
                return Optional.of(cause);
            }
        }
        return Optional.empty();
    }
}
