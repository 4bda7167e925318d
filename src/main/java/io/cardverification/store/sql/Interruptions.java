package io.cardverification.store.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.cardverification.store.InterruptedCall;

/** Passes on interrupted calls, and keeps them until there is a listener. Threads: any; its own lock guards its state. */
final class Interruptions {

    private final List<InterruptedCall> kept = new ArrayList<>();
    private @Nullable Consumer<InterruptedCall> listener;

    void add(List<Recovered> recovered) {
        var calls = recovered.stream().map(each -> new InterruptedCall(each.call(), each.entry(), each.departedAt())).toList();
        var receiver = receiverOrKeep(calls);
        if (receiver != null) {
            calls.forEach(receiver);
        }
    }

    private synchronized @Nullable Consumer<InterruptedCall> receiverOrKeep(List<InterruptedCall> calls) {
        if (listener == null) {
            kept.addAll(calls);
        }
        return listener;
    }

    void onInterrupted(Consumer<InterruptedCall> listener) {
        takeKept(listener).forEach(listener);
    }

    private synchronized List<InterruptedCall> takeKept(Consumer<InterruptedCall> listener) {
        this.listener = listener;
        var due = List.copyOf(kept);
        kept.clear();
        return due;
    }
}
