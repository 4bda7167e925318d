package io.cardverification.verification;

import org.jspecify.annotations.Nullable;

/** Where it is written down what became of every verification, for finance to count against the bill. */
public interface Ledger {

    /**
     * Whether entries are being written. While they are not, no question is admitted and nothing is sent, since a
     * charge without an entry is worse than a refusal. Never blocks. Threads: any.
     */
    boolean isAvailable();

    /** Keeps the entry until it is written, available or not. Never throws and never waits. Threads: any. */
    void enter(Entry entry);

    /**
     * What became of what one caller asked. What was charged, or may have been, is neither {@code shared} nor reused in exactly
     * one entry.
     *
     * @param caller not a person's name
     * @param fingerprint keyed, of the whole question: equal for equal questions
     * @param lastFour of the card; null where it came encrypted
     * @param conclusion null where the caller left before anything was sent
     * @param left whether the caller left before the answer
     * @param initiator the caller that asked first, if it is another and this entry bears the charge, or may; null otherwise
     */
    record Entry(String caller, String fingerprint, @Nullable String lastFour, @Nullable Conclusion conclusion,
            boolean left, @Nullable String initiator) {
    }
}
