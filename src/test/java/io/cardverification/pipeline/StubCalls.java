package io.cardverification.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.cardverification.verification.CallOptions;
import io.cardverification.verification.CallerRequest;
import io.cardverification.verification.Completion;
import io.cardverification.verification.VerificationCall;
import io.cardverification.verification.VerificationCallFactory;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

/** Calls that end when the test says so. */
final class StubCalls implements VerificationCallFactory {

    final List<Call> opened = new ArrayList<>();

    @Override
    public VerificationCall open(CallerRequest request, Consumer<Completion> onEnded) {
        var call = new Call(onEnded);
        opened.add(call);
        return call;
    }

    Call latest() {
        return opened.get(opened.size() - 1);
    }

    static final class Call implements VerificationCall {

        final List<UniEmitter<? super Completion>> joined = new ArrayList<>();
        final Consumer<Completion> onEnded;
        boolean committed;
        int left;

        Call(Consumer<Completion> onEnded) {
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

        /** All that joined receive it first, as from a real call. */
        void end(Completion completion) {
            committed = true;
            List.copyOf(joined).forEach(request -> request.complete(completion));
            onEnded.accept(completion);
        }
    }
}
