package io.cardverification.rest;

import java.util.concurrent.Executor;

import io.smallrye.mutiny.Uni;

/**
 * The event loop that a question came on, and that is to answer it: Quarkus REST resumes a request under a lock, and its loop
 * would wait where another one holds that.
 */
final class EventLoopDispatch {

    private EventLoopDispatch() {
    }

    /**
     * Whoever leaves before the loop comes to it is told nothing. Mutiny's own {@code emitOn} would log the failure that nobody
     * hears as an error, one for each of thousands who leave while the gateway stops; the ledger has it already.
     */
    static <T> Uni<T> emitOnCaller(Uni<T> answer, Executor loop) {
        return Uni.createFrom().emitter(caller -> {
            var asked = answer.subscribe().with(item -> loop.execute(() -> caller.complete(item)),
                    failure -> loop.execute(() -> caller.fail(failure)));
            caller.onTermination(asked::cancel);
        });
    }
}
