package io.cardverification.verification;

import java.util.function.Function;

/**
 * The upstream's result. A verification that fails is a result, too.
 *
 * @param description the upstream's text, for people; programs use {@code code}
 * @param requestId the upstream's, which its support asks for
 */
public record VerificationResult(ResultCode code, String description, String requestId, ResponseMetadata metadata)
        implements
            Completion {

    /** As received from the upstream. */
    public VerificationResult(ResultCode code, String description, String requestId) {
        this(code, description, requestId, ResponseMetadata.NONE);
    }

    @Override
    public VerificationResult with(ResponseMetadata metadata) {
        return new VerificationResult(code, description, requestId, metadata);
    }

    /** Whether the upstream sent it for this call: it is neither kept from an earlier call nor another process's. */
    public boolean isNew() {
        return metadata.reusedAfter().isEmpty() && !metadata.shared();
    }

    @Override
    public Charge charge() {
        return metadata.charge(code.charge());
    }

    @Override
    public String label() {
        return code.category().label();
    }

    @Override
    public <T> T fold(Function<? super VerificationResult, ? extends T> onResult,
            Function<? super VerificationFailure, ? extends T> onFailure) {
        return onResult.apply(this);
    }
}
