package io.cardverification.upstream;

import java.time.Duration;

import io.cardverification.pacing.PermitDenied;
import io.cardverification.pacing.TaskResult;
import io.cardverification.verification.Conclusion;
import io.cardverification.verification.Delivery;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationResult;

/** Says in callers' words how a turn at the pacer ended. */
final class Rides {

    private Rides() {
    }

    static Conclusion conclusion(TaskResult<VerificationResult> ride, Attempts attempts) {
        var result = ride.failure() instanceof Undecided undecided ? undecided.result() : ride.item();
        if (result != null) {
            return Conclusion.of(result.delivered(attempts.delivery(ride.waited())));
        }
        if (ride.failure() instanceof PermitDenied notGranted) {
            return Conclusion.of(notGranted(notGranted, notGranted.retryAfter())
                    .delivered(Delivery.NONE.waited(ride.waited())));
        }
        // The gate turns everything into its own failure; what it did not foresee may have been sent.
        var failure = ride.failure() instanceof VerificationFailure told ? told : VerificationFailure.silent();
        return Conclusion.of(failure.delivered(attempts.delivery(ride.waited())));
    }

    private static VerificationFailure notGranted(PermitDenied notGranted, Duration retryAfter) {
        return switch (notGranted.reason()) {
            case QUEUE_FULL, WAITED_OUT -> VerificationFailure.queueFull(retryAfter);
            case BARRED -> VerificationFailure.circuitOpen(retryAfter);
            case STOPPING -> VerificationFailure.shuttingDown(retryAfter);
            case LOCKED_OUT -> VerificationFailure.lockedOut(
                    notGranted.getCause() instanceof VerificationFailure last ? last.upstreamCode().orElse(null) : null,
                    retryAfter);
        };
    }
}
