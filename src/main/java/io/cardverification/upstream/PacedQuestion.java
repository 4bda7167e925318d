package io.cardverification.upstream;

import io.cardverification.pacing.Permit;

/** One attempt: what is sent and for whom, and the permit that has to be told when it is. */
final class PacedQuestion {

    private final WireQuestion question;
    private final Permit permit;
    private final String caller;
    private final int plainHash;
    private final Attempts attempts;

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
}
