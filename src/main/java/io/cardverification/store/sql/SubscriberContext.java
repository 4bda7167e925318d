package io.cardverification.store.sql;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/**
 * Emits in the Vert.x context of the subscriber, if it has one: log lines and spans then belong to the request, and the request
 * does not continue on a thread of the database.
 */
final class SubscriberContext {

    private SubscriberContext() {
    }

    /** @param answer subscribed on the thread of the subscriber */
    static <T> Uni<T> resume(Uni<T> answer) {
        return Uni.createFrom().deferred(() -> {
            var context = Vertx.currentContext();
            return context == null ? answer : answer.emitOn(task -> context.runOnContext(now -> task.run()));
        });
    }
}
