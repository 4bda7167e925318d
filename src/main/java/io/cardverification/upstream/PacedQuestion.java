package io.cardverification.upstream;

import org.jspecify.annotations.Nullable;

import io.cardverification.pacing.Permit;
import io.cardverification.verification.VerificationFailure;

/** One attempt: the question, its caller, the permit that it reports to, and the connection that it uses. */
final class PacedQuestion {

    private final WireQuestion question;
    private final Permit permit;
    private final String caller;
    private final int plainHash;
    private final Attempts attempts;
    private volatile @Nullable ResponseGuard connection;

    /**
     * @param plainHash of the question before it was encrypted, which makes it another one each time
     * @param attempts all of this question
     */
    PacedQuestion(WireQuestion question, Permit permit, String caller, int plainHash, Attempts attempts) {
        this.question = question;
        this.permit = permit;
        this.caller = caller;
        this.plainHash = plainHash;
        this.attempts = attempts;
    }

    WireQuestion question() {
        return question;
    }

    Permit permit() {
        return permit;
    }

    String caller() {
        return caller;
    }

    int plainHash() {
        return plainHash;
    }

    Attempts attempts() {
        return attempts;
    }

    void leavesOver(ResponseGuard connection) {
        this.connection = connection;
    }

    /** @throws VerificationFailure if the same connection has returned the same response before */
    void requireOwn(@Nullable WireAnswer answer) {
        var over = connection;
        var response = answer == null ? null : answer.response();
        var requestId = response == null ? null : response.requestId();
        if (over != null && requestId != null && !requestId.isEmpty() && over.isRepeated(requestId)) {
            throw VerificationFailure.nonsense();
        }
    }
}
