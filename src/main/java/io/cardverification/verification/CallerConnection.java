package io.cardverification.verification;

import org.jspecify.annotations.Nullable;

/**
 * Tells a request's stages that its caller has disconnected. Threads: any; its own lock guards it and is not held while the
 * listener runs.
 *
 * <p>
 * Rejected: cancelling the {@code Uni} of the stages. A request that was sent still ends, and its charge, its idempotency key
 * and its quota must be recorded.
 */
public final class CallerConnection {

    private boolean disconnected;
    private @Nullable Runnable listener;

    /** Runs the listener once, at once if the caller has disconnected. Replaces the previous listener. */
    public void onDisconnect(Runnable listener) {
        if (!registered(listener)) {
            listener.run();
        }
    }

    private synchronized boolean registered(Runnable listener) {
        this.listener = disconnected ? null : listener;
        return !disconnected;
    }

    public void disconnect() {
        var due = disconnected();
        if (due != null) {
            due.run();
        }
    }

    private synchronized @Nullable Runnable disconnected() {
        var due = listener;
        disconnected = true;
        listener = null;
        return due;
    }

    public synchronized boolean isDisconnected() {
        return disconnected;
    }
}
