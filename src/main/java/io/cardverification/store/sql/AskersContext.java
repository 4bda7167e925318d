package io.cardverification.store.sql;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/**
 * Returns to the Vert.x context that asked, if there is one: log lines and spans then belong to the request, and the request
 * does not continue on a thread of the database.
 */
final class AskersContext {

    private AskersContext() {
    }

    /** @param answer subscribed on the thread that asks */
    static <T> Uni<T> resume(Uni<T> answer) {
        return Uni.createFrom().deferred(() -> {
            var context = Vertx.currentContext();
            return context == null ? answer : answer.emitOn(task -> context.runOnContext(now -> task.run()));
        });
    }
}
