package io.cardverification.pipeline;

import io.cardverification.verification.Completion;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationResult;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

/** What one caller receives. */
final class Answer {

    private final UniAssertSubscriber<Completion> subscriber;

    private Answer(UniAssertSubscriber<Completion> subscriber) {
        this.subscriber = subscriber;
    }

    static Answer to(Uni<Completion> verification) {
        return new Answer(verification.subscribe().withSubscriber(UniAssertSubscriber.create()));
    }

    VerificationResult result() {
        return (VerificationResult) subscriber.assertCompleted().getItem();
    }

    VerificationFailure failure() {
        return (VerificationFailure) subscriber.assertCompleted().getItem();
    }

    void assertPending() {
        subscriber.assertNotTerminated();
    }

    void disconnect() {
        subscriber.cancel();
    }
}
