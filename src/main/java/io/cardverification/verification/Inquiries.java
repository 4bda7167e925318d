package io.cardverification.verification;

/** Where questions are put to the upstream. */
public interface Inquiries {

    /** Nothing happens before somebody joins. Never blocks and never throws. Threads: any. */
    Inquiry open(VerificationRequest request);
}
