package io.cardverification.tracing;

import java.util.Optional;

import io.opentelemetry.context.Context;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.common.vertx.VertxContext;

/**
 * The trace context of a request, stored in the request's Vert.x context.
 *
 * @param parent the caller's span, or the root context if the caller sent none
 * @param api {@code rest} or {@code cloudapi}
 */
record IncomingTrace(Context parent, String api) {

    private static final String KEY = IncomingTrace.class.getName();

    void store() {
        ContextLocals.put(KEY, this);
    }

    /** Returns the trace of the current request; empty if the current context belongs to no request. */
    static Optional<IncomingTrace> current() {
        return VertxContext.isOnDuplicatedContext() ? ContextLocals.get(KEY) : Optional.empty();
    }
}
