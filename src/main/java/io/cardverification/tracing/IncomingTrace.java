package io.cardverification.tracing;

import java.util.Optional;

import io.opentelemetry.context.Context;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.common.vertx.VertxContext;

/**
 * Of a request, what its trace goes on from. Kept in the request's own context.
 *
 * @param parent the caller's span, or none
 * @param door {@code rest} or {@code cloudapi}
 */
record IncomingTrace(Context parent, String door) {

    private static final String KEY = IncomingTrace.class.getName();

    void store() {
        ContextLocals.put(KEY, this);
    }

    /** Empty where no request is. */
    static Optional<IncomingTrace> current() {
        return VertxContext.isOnDuplicatedContext() ? ContextLocals.get(KEY) : Optional.empty();
    }
}
