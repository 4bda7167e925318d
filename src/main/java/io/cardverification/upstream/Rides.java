package io.cardverification.upstream;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.cardverification.pacing.NotGranted;
import io.cardverification.pacing.Ride;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationResult;

/** Says in callers' words how a turn at the pacer ended. */
final class Rides {

    private Rides() {
    }

    /** @throws VerificationFailure where there is no result */
    static VerificationResult result(Ride<VerificationResult> ride) {
        var result = ride.item();
        if (result != null) {
            return result.waited(ride.waited());
        }
        throw failure(ride.failure()).waited(ride.waited());
    }

    private static VerificationFailure failure(@Nullable Throwable failure) {
        if (failure instanceof NotGranted notGranted) {
            return notGranted(notGranted, notGranted.retryAfter());
        }
        // The gate turns everything into its own failure; what it did not foresee may have been sent.
        return failure instanceof VerificationFailure told ? told : VerificationFailure.silent();
    }

    private static VerificationFailure notGranted(NotGranted notGranted, Duration retryAfter) {
        return switch (notGranted.reason()) {
            case QUEUE_FULL, WAITED_OUT -> VerificationFailure.queueFull(retryAfter);
            case STOPPING -> VerificationFailure.shuttingDown(retryAfter);
            case LOCKED_OUT -> VerificationFailure.lockedOut(
                    notGranted.getCause() instanceof VerificationFailure last ? last.upstreamCode().orElse(null) : null,
                    retryAfter);
        };
    }
}
