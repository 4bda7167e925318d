package io.cardverification.verification;

import java.util.function.Function;

/**
 * How a verification ended for one caller: with a result or with a failure. An immutable value.
 *
 * <p>
 * Rejected: failures as exceptions. Every stage would have to catch and convert them. Only the two APIs turn a failure into the
 * form that their clients expect.
 */
public sealed interface Completion permits VerificationResult, VerificationFailure {

    /** The charge of all attempts together. */
    Charge charge();

    ResponseMetadata metadata();

    Completion with(ResponseMetadata metadata);

    <T> T fold(Function<? super VerificationResult, ? extends T> onResult,
            Function<? super VerificationFailure, ? extends T> onFailure);

    /** The result's category or the failure's reason, for metrics, traces and the ledger. */
    String label();

    /** The number of charges that it may have caused and that no other caller bears. */
    default int maxCharges() {
        var metadata = metadata();
        if (metadata.shared() || metadata.reusedAfter().isPresent()) {
            return 0;
        }
        var last = charge();
        return metadata.unknownAttempts() + (last == Charge.CHARGED || last == Charge.UNKNOWN ? 1 : 0);
    }

    /**
     * Whether the same idempotency key must get this completion again. Otherwise the question is undecided and nothing was
     * charged, so the caller may send it again with the same key.
     */
    default boolean isFinal() {
        return charge() == Charge.CHARGED || charge() == Charge.UNKNOWN
                || fold(result -> result.code().category() != ResultCategory.TRY_LATER, failure -> false);
    }
}
