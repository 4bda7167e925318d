package io.cardverification.pacing;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

import io.cardverification.pacing.NotGranted.Reason;

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
record Snapshot(int limit, int configuredLimit, Duration margin, Duration spacing, int free,
        Map<Lane, Integer> waiting, long departed, int largestInWindow, long limitRefused, long cancelled,
        Map<Reason, Long> notGranted, boolean doubted) {

    static Snapshot of(Allowance allowance, SlidingLog log, Waiting waiting, Tally tally, long nowNanos) {
        return new Snapshot(allowance.limit(), allowance.most(), Duration.ofNanos(allowance.marginNanos()),
                Duration.ofNanos(log.spacingNanos()), log.free(nowNanos),
                Arrays.stream(Lane.values()).collect(Collectors.toMap(lane -> lane, waiting::size)),
                tally.departures(), tally.largestInWindow(), tally.limitRefusals(), tally.cancellations(),
                Arrays.stream(Reason.values()).collect(Collectors.toMap(reason -> reason, tally::count)),
                allowance.doubted());
    }
}
