package io.cardverification.rest;

import java.util.concurrent.Executor;

import io.smallrye.mutiny.Uni;

/**
 * Emits results on the event loop of the request. Quarkus REST resumes a request under a lock. If another loop resumed it, the
 * request's loop could wait for that lock.
 */
final class EventLoopDispatch {

    private EventLoopDispatch() {
    }

    /**
     * Emits nothing if the caller has disconnected. Rejected: Mutiny's {@code emitOn}. It logs a failure without a subscriber
     * as an error, once for each of thousands of callers that disconnect during a shutdown. The ledger already has those
     * failures.
     */
    static <T> Uni<T> emitOnCaller(Uni<T> answer, Executor loop) {
        return Uni.createFrom().emitter(caller -> {
            var subscription = answer.subscribe().with(item -> loop.execute(() -> caller.complete(item)),
                    failure -> loop.execute(() -> caller.fail(failure)));
            caller.onTermination(subscription::cancel);
        });
    }
}
