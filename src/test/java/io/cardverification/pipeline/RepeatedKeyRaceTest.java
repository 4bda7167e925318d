package io.cardverification.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.cardverification.verification.BankCard;
import io.cardverification.verification.CallOptions;
import io.cardverification.verification.Caller;
import io.cardverification.verification.CallerRequest;
import io.cardverification.verification.Completion;
import io.cardverification.verification.DepartureGate;
import io.cardverification.verification.IdCard;
import io.cardverification.verification.Lane;
import io.cardverification.verification.PersonName;
import io.cardverification.verification.ResultCode;
import io.cardverification.verification.VerificationCall;
import io.cardverification.verification.VerificationCallFactory;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.cardverification.verification.VerificationRequest;
import io.cardverification.verification.VerificationResult;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

/** Threads that repeat one key, disconnect and end its call at any time cause one charge for each key. */
class RepeatedKeyRaceTest {

    private static final VerificationResult PASSED = new VerificationResult(ResultCode.AUTHENTICATED, "passed", "id");
    private static final int ROUNDS = 3_000;
    private static final int REQUESTS = 4;

    private final StubLedger ledger = new StubLedger();
    private final StubQuotas quotas = new StubQuotas();
    private final SentCalls calls = new SentCalls();
    private final VerificationPipeline pipeline = TestPipeline.of(calls, quotas, ledger, Clock.systemUTC(), System::nanoTime,
            "idempotency.max-entries", "100000");

    /** Calls that are sent when a request joins, so that every call costs one charge. */
    private static final class SentCalls implements VerificationCallFactory {

        final AtomicInteger sent = new AtomicInteger();
        final ConcurrentLinkedQueue<Call> inProgress = new ConcurrentLinkedQueue<>();

        @Override
        public VerificationCall open(CallerRequest request, DepartureGate gate, Consumer<Completion> onEnded) {
            return new Call(this, gate, onEnded);
        }
    }

    private static final class Call implements VerificationCall {

        private final SentCalls all;
        private final DepartureGate gate;
        private final Consumer<Completion> onEnded;
        private final List<UniEmitter<? super Completion>> joined = new ArrayList<>();
        private boolean departing;
        private volatile boolean ended;
        private volatile Completion outcome = PASSED;

        Call(SentCalls all, DepartureGate gate, Consumer<Completion> onEnded) {
            this.all = all;
            this.gate = gate;
            this.onEnded = onEnded;
        }

        @Override
        public Uni<Completion> join(CallOptions options) {
            return Uni.createFrom().emitter(request -> {
                request.onTermination(() -> leave(request));
                if (!added(request)) {
                    request.complete(outcome);
                }
                depart();
            });
        }

        private synchronized boolean added(UniEmitter<? super Completion> request) {
            return !ended && joined.add(request);
        }

        private synchronized void leave(UniEmitter<? super Completion> request) {
            joined.remove(request);
        }

        private void depart() {
            while (mayDepart()) {
                if (gate.clear(false).await().indefinitely() instanceof DepartureGate.Abandoned) {
                    endOrStay();
                } else {
                    all.sent.incrementAndGet();
                    all.inProgress.add(this);
                }
            }
        }

        private synchronized boolean mayDepart() {
            var isFirst = !departing && !joined.isEmpty();
            departing |= isFirst;
            return isFirst;
        }

        private void endOrStay() {
            synchronized (this) {
                departing = false;
                ended = joined.isEmpty();
                outcome = VerificationFailure.of(Reason.CALLER_DISCONNECTED);
            }
            if (ended) {
                onEnded.accept(outcome);
            }
        }

        @Override
        public synchronized boolean isCommitted() {
            return departing;
        }

        void end() {
            List<UniEmitter<? super Completion>> due;
            synchronized (this) {
                ended = true;
                outcome = PASSED;
                due = List.copyOf(joined);
            }
            due.forEach(request -> request.complete(PASSED));
            onEnded.accept(PASSED);
        }
    }

    @Test
    void a_repeated_key_is_sent_once_in_any_order_of_events() throws Exception {
        // Two threads that create the first Uni of the process at once fail: "ContextManagerProvider already set".
        var unused = Uni.createFrom().voidItem();
        var threads = Executors.newFixedThreadPool(REQUESTS + 1);
        var random = new Random(1);
        for (var round = 0; round < ROUNDS; round++) {
            var tasks = new ArrayList<Callable<Object>>();
            for (var i = 0; i < REQUESTS; i++) {
                tasks.add(Executors.callable(request(round, random.nextInt(3) == 0)));
            }
            tasks.add(Executors.callable(this::endCalls));
            for (var task : threads.invokeAll(tasks)) {
                task.get();
            }
            endCalls();
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(calls.sent).hasValue(ROUNDS);
        assertThat(ledger.written).hasSize(ROUNDS * REQUESTS);
        assertThat(ledger.written.stream().mapToInt(entry -> entry.completion().maxCharges()).sum()).isEqualTo(ROUNDS);
        assertThat(quotas.spent()).isEqualTo(ROUNDS);
        assertThat(quotas.inProgress()).isZero();
        assertThat(pipeline.inFlight()).isZero();
    }

    private Runnable request(int round, boolean disconnects) {
        var values = new VerificationRequest(new BankCard("6226090210146748", false), new PersonName("Wei", false),
                new IdCard("11204416541220243X", false), null, null);
        var options = new CallOptions(Lane.INTERACTIVE, Caller.unlimited("caller"), null, false, "key " + round);
        return () -> {
            var subscription = pipeline.verify(values, options).subscribe().with(completion -> {
            });
            if (disconnects) {
                subscription.cancel();
            }
        };
    }

    private void endCalls() {
        for (var call = calls.inProgress.poll(); call != null; call = calls.inProgress.poll()) {
            call.end();
        }
    }
}
