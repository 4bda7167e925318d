package io.cardverification.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.cardverification.verification.CallOptions;
import io.cardverification.verification.CallerRequest;
import io.cardverification.verification.Completion;
import io.cardverification.verification.DepartureGate;
import io.cardverification.verification.VerificationCall;
import io.cardverification.verification.VerificationCallFactory;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

/** Calls that end when the test says so. */
final class StubCalls implements VerificationCallFactory {

    final List<Call> opened = new ArrayList<>();

    @Override
    public VerificationCall open(CallerRequest request, DepartureGate gate, Consumer<Completion> onEnded) {
        var call = new Call(gate, onEnded);
        opened.add(call);
        return call;
    }

    Call latest() {
        return opened.get(opened.size() - 1);
    }

    static final class Call implements VerificationCall {

        final List<UniEmitter<? super Completion>> joined = new ArrayList<>();
        final Consumer<Completion> onEnded;
        final DepartureGate gate;
        private DepartureGate.@Nullable Clearance clearance;
        boolean committed;
        int left;

        Call(DepartureGate gate, Consumer<Completion> onEnded) {
            this.gate = gate;
            this.onEnded = onEnded;
        }

        @Override
        public Uni<Completion> join(CallOptions options) {
            return Uni.createFrom().<Completion> emitter(joined::add).onCancellation().invoke(() -> left++);
        }

        @Override
        public boolean isCommitted() {
            return committed;
        }

        void send() {
            committed = true;
            clearance = gate.clear(false).await().indefinitely();
        }

        /** All that joined receive it first, as from a real call, unless the gate knows an earlier answer. */
        void end(Completion ofUpstream) {
            if (clearance == null) {
                send();
            }
            var completion = clearance instanceof DepartureGate.Completed earlier ? earlier.completion() : ofUpstream;
            List.copyOf(joined).forEach(request -> request.complete(completion));
            onEnded.accept(completion);
        }
    }
}
