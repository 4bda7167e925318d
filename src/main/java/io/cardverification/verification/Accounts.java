package io.cardverification.verification;

import org.jspecify.annotations.Nullable;

/** What each caller may still ask and spend. Threads: any; never blocks. */
public interface Accounts {

    /**
     * Takes one of the caller's places, and sets aside what its question may cost.
     *
     * @throws VerificationFailure where the caller has too many waiting, or might spend more than it may
     */
    void open(Caller caller);

    /**
     * Gives it back, less what was spent. Once for each that was opened; never throws.
     *
     * @param caller its name
     * @param conclusion null where nothing was sent
     */
    void close(String caller, @Nullable Conclusion conclusion);
}
