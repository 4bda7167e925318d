package io.cardverification.sharing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.cardverification.verification.Conclusion;
import io.cardverification.verification.Inquiries;
import io.cardverification.verification.Inquiry;
import io.cardverification.verification.Terms;
import io.cardverification.verification.VerificationRequest;
import io.cardverification.verification.VerificationResult;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

/** A gate that answers when a test says so. */
final class StubInquiries implements Inquiries {

    final List<Stub> opened = new ArrayList<>();

    @Override
    public Inquiry open(VerificationRequest request, Consumer<Conclusion> ended) {
        var stub = new Stub(ended);
        opened.add(stub);
        return stub;
    }

    Stub latest() {
        return opened.get(opened.size() - 1);
    }

    static final class Stub implements Inquiry {

        final List<UniEmitter<? super VerificationResult>> joined = new ArrayList<>();
        final Consumer<Conclusion> ended;
        boolean beyondRecall;
        int left;

        Stub(Consumer<Conclusion> ended) {
            this.ended = ended;
        }

        @Override
        public Uni<VerificationResult> join(Terms terms) {
            return Uni.createFrom().<VerificationResult> emitter(joined::add).onCancellation().invoke(() -> left++);
        }

        @Override
        public boolean isBeyondRecall() {
            return beyondRecall;
        }

        /** Whoever is there is told first, as at the real one. */
        void end(Conclusion conclusion) {
            beyondRecall = true;
            for (var caller : List.copyOf(joined)) {
                var result = conclusion.result();
                if (result != null) {
                    caller.complete(result);
                } else {
                    caller.fail(conclusion.failure());
                }
            }
            ended.accept(conclusion);
        }
    }
}
