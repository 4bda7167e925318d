package io.cardverification.verification;

import java.util.function.Consumer;

/** Where questions are put to the upstream. */
public interface Inquiries {

    /**
     * Nothing happens before somebody joins. Never blocks and never throws. Threads: any.
     *
     * @param ended told how a question ended that was tried, once, after all who are left: also where nobody is, since what was
     *        sent cannot be called back. On any thread; must not block and must not throw.
     */
    Inquiry open(VerificationRequest request, Consumer<Conclusion> ended);
}
