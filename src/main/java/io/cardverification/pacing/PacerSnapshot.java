package io.cardverification.pacing;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

import io.cardverification.pacing.PermitDenied.Reason;

/**
 * The pacer at one moment. Counts are since the start of the process.
 *
 * @param limit N, as the upstream has lately shown it
 * @param configuredLimit N, as configured
 * @param margin J, as it is now
 * @param spacing W + J
 * @param free permits that anybody could have now
 * @param waiting turns, by lane
 * @param departed requests sent
 * @param largestInWindow most departures in any window so far
 * @param limitRefused requests that the upstream counted too many
 * @param cancelled callers that left while they waited
 * @param notGranted callers that were refused
 * @param doubted whether the upstream refuses what the configuration allows
 */
record PacerSnapshot(int limit, int configuredLimit, Duration margin, Duration spacing, int free,
        Map<QueueLane, Integer> waiting, long departed, int largestInWindow, long limitRefused, long cancelled,
        Map<Reason, Long> notGranted, boolean doubted) {

    static PacerSnapshot of(AdaptiveLimit allowance, SlidingWindowLog log, LaneScheduler waiting, PacerStats tally,
            long nowNanos) {
        return new PacerSnapshot(allowance.limit(), allowance.most(), Duration.ofNanos(allowance.marginNanos()),
                Duration.ofNanos(log.spacingNanos()), log.free(nowNanos),
                Arrays.stream(QueueLane.values()).collect(Collectors.toMap(lane -> lane, waiting::size)),
                tally.departures(), tally.largestInWindow(), tally.limitRefusals(), tally.cancellations(),
                Arrays.stream(Reason.values()).collect(Collectors.toMap(reason -> reason, tally::count)),
                allowance.doubted());
    }
}
