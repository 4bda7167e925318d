package io.cardverification.coalescing;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.cardverification.verification.CallerRequest;
import io.cardverification.verification.Completion;
import io.smallrye.mutiny.subscription.Cancellable;

/**
 * One request that awaits a call. Threads: the lock of {@link InFlightCall} guards its state; callbacks run outside it.
 */
final class Participant {

    private final CallerRequest request;
    private final Consumer<Completion> receiver;
    private boolean disconnected;
    private boolean completed;
    private @Nullable Cancellable waiting;

    Participant(CallerRequest request, Consumer<Completion> receiver) {
        this.request = request;
        this.receiver = receiver;
    }

    CallerRequest request() {
        return request;
    }

    /** @return whether it had neither a completion nor a disconnected caller until now */
    boolean disconnect() {
        var isFirst = !completed && !disconnected;
        disconnected = true;
        return isFirst;
    }

    boolean isDisconnected() {
        return disconnected;
    }

    /** @return whether it had no completion until now */
    boolean complete() {
        var isFirst = !completed;
        completed = true;
        return isFirst;
    }

    boolean isCompleted() {
        return completed;
    }

    void setWaiting(Cancellable waiting) {
        this.waiting = waiting;
    }

    /** Stops waiting for the call. */
    void stopWaiting() {
        if (waiting != null) {
            waiting.cancel();
        }
    }

    void receive(Completion completion) {
        receiver.accept(completion);
    }
}
