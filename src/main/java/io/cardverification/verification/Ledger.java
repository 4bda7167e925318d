package io.cardverification.verification;

import org.jspecify.annotations.Nullable;

/** The record of every verification, which finance compares with the bill. */
public interface Ledger {

    /**
     * Whether entries are being written. While they are not, no request is admitted and nothing is sent: a charge without an
     * entry is worse than a rejection. Never blocks. Threads: any.
     */
    boolean isAvailable();

    /** Keeps the entry until it is written, available or not. Never throws and never waits. Threads: any. */
    void record(Entry entry);

    /**
     * The end of one request. Each charge, or possible charge, is neither shared nor reused in exactly one entry.
     *
     * @param caller not a person's name
     * @param fingerprint keyed, of all values: equal for equal questions
     * @param lastFour of the card; null if it was encrypted
     * @param callerDisconnected whether the caller disconnected before the completion
     */
    record Entry(String caller, String fingerprint, @Nullable String lastFour, Completion completion,
            boolean callerDisconnected) {

        /** The caller that opened the call, if it is another one and this entry bears the charge; null otherwise. */
        public @Nullable String initiator() {
            return completion.maxCharges() > 0 ? completion.metadata().initiator() : null;
        }
    }
}
