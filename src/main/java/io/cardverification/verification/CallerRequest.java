package io.cardverification.verification;

import org.jspecify.annotations.Nullable;

/**
 * One request of one caller on its way through the pipeline.
 *
 * @param fingerprint a keyed hash of the values: equal for equal questions
 * @param sharingKey requests with equal keys share calls and cached answers
 * @param idempotencyKey a keyed hash of the caller and its key; null without a key
 * @param connection whether the caller still waits
 */
public record CallerRequest(VerificationRequest values, CallOptions options, Fingerprint fingerprint, SharingKey sharingKey,
        @Nullable Fingerprint idempotencyKey, CallerConnection connection) {

    /**
     * Requests with equal keys share calls and cached answers.
     *
     * @param scope the caller's name; empty if all callers share
     */
    public record SharingKey(String scope, Fingerprint fingerprint) {
    }

    /** The name of the caller. */
    public String caller() {
        return options.caller().name();
    }

    /** Contains no value of a person. */
    @Override
    public String toString() {
        return "CallerRequest[" + caller() + "]";
    }
}
