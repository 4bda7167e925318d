package io.cardverification.callers;

import java.util.Optional;

import io.cardverification.verification.Caller;
import io.cardverification.verification.VerificationFailure;

/** The limits of each caller: requests in progress and charges in a day. Threads: any; never blocks and never throws. */
public interface CallerQuotas {

    /**
     * Admits a request and reserves the charge that it may cause.
     *
     * @return the reason, if the caller has reached a limit; then nothing is reserved
     */
    Optional<VerificationFailure> acquire(Caller caller);

    /**
     * Ends a request that {@link #acquire} admitted. Once for each.
     *
     * @param caller its name
     * @param charges the number of charges that the request may have caused
     */
    void release(String caller, int charges);
}
