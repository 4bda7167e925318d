package io.cardverification.verification;

import org.jspecify.annotations.Nullable;

import io.smallrye.mutiny.Uni;

/** How a question ended: with a result or with a failure. */
public final class Conclusion {

    private final @Nullable VerificationResult result;
    private final @Nullable VerificationFailure failure;

    private Conclusion(@Nullable VerificationResult result, @Nullable VerificationFailure failure) {
        this.result = result;
        this.failure = failure;
    }

    public static Conclusion of(VerificationResult result) {
        return new Conclusion(result, null);
    }

    public static Conclusion of(VerificationFailure failure) {
        return new Conclusion(null, failure);
    }

    /** Null where there is a failure. */
    public @Nullable VerificationResult result() {
        return result;
    }

    /** Null where there is a result. */
    public @Nullable VerificationFailure failure() {
        return failure;
    }

    public Charge charge() {
        return result != null ? result.charge() : failure != null ? failure.charge() : Charge.UNKNOWN;
    }

    public Delivery delivery() {
        return result != null ? result.delivery() : failure != null ? failure.delivery() : Delivery.NONE;
    }

    /** How many charges it may have brought to the caller that is told of it, and to no other. */
    public int mostCharges() {
        var delivery = delivery();
        if (delivery.shared() || delivery.reusedAfter().isPresent()) {
            return 0;
        }
        var last = charge();
        return delivery.unknownAttempts() + (last == Charge.CHARGED || last == Charge.UNKNOWN ? 1 : 0);
    }

    public Conclusion delivered(Delivery delivery) {
        return new Conclusion(result == null ? null : result.delivered(delivery),
                failure == null ? null : failure.delivered(delivery));
    }

    /** As a verifier tells it. */
    public Uni<VerificationResult> told() {
        return result != null ? Uni.createFrom().item(result) : Uni.createFrom().failure(failure);
    }
}
