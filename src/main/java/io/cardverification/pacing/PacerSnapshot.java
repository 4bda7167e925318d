package io.cardverification.pacing;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

import io.cardverification.pacing.PermitDenied.Reason;
import io.cardverification.verification.Lane;

/**
 * The state of the pacer at one moment. An immutable value. Counts start with the process.
 *
 * @param limit N, as adapted
 * @param configuredLimit N, as configured
 * @param margin J, as adapted
 * @param spacing W + J
 * @param free the permits that are available
 * @param waiting the queued tasks, by lane
 * @param departed the requests sent
 * @param maxInWindow the most departures in any window so far
 * @param rejected the requests that the upstream's limit rejected
 * @param cancelled the waiters that left before their request was sent
 * @param denied the waiters that received no permit, by reason
 * @param degraded whether the upstream rejects what the configuration allows
 */
record PacerSnapshot(int limit, int configuredLimit, Duration margin, Duration spacing, int free,
        Map<Lane, Integer> waiting, long departed, int maxInWindow, long rejected, long cancelled,
        Map<Reason, Long> denied, boolean degraded) {

    static PacerSnapshot of(DepartureLimiter limiter, LaneScheduler queue, PacerStats stats, long nowNanos) {
        var limit = limiter.limit();
        return new PacerSnapshot(limit.limit(), limit.configuredLimit(), Duration.ofNanos(limit.marginNanos()),
                Duration.ofNanos(limiter.log().spacingNanos()), limiter.log().free(nowNanos),
                Arrays.stream(Lane.values()).collect(Collectors.toMap(lane -> lane, queue::size)),
                stats.departures(), stats.maxInWindow(), stats.rejections(), stats.cancellations(),
                Arrays.stream(Reason.values()).collect(Collectors.toMap(reason -> reason, stats::denials)),
                limit.isDegraded());
    }
}
