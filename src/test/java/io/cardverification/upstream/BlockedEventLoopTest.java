package io.cardverification.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.cardverification.verification.BankCard;
import io.cardverification.verification.CallOptions;
import io.cardverification.verification.Caller;
import io.cardverification.verification.Completion;
import io.cardverification.verification.IdCard;
import io.cardverification.verification.Lane;
import io.cardverification.verification.PersonName;
import io.cardverification.verification.VerificationRequest;
import io.cardverification.verification.VerificationResult;
import io.cardverification.verification.Verifier;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;

/** Blocked event loops of callers do not delay responses of the upstream. */
@QuarkusTest
class BlockedEventLoopTest {

    /** More than leave at once, so that the timer is needed, too. */
    private static final int QUESTIONS = 25;

    @Inject
    Vertx vertx;

    @Inject
    Verifier verifier;

    private static VerificationRequest question(int card) {
        return new VerificationRequest(new BankCard("62260902102" + (10_000 + card), false), new PersonName("Wei", false),
                new IdCard("11204416541220243X", false), null, null);
    }

    @Test
    void response_arrives_while_all_caller_loops_are_blocked() throws Exception {
        var over = new CountDownLatch(1);
        for (var loop : ((VertxInternal) vertx).getEventLoopGroup()) {
            loop.execute(() -> await(over));
        }
        try {
            var results = new ArrayList<Completion>();
            var asked = IntStream.range(0, QUESTIONS)
                    .mapToObj(card -> verifier
                            .verify(question(card), new CallOptions(Lane.INTERACTIVE, Caller.unlimited("anonymous"), null))
                            .subscribeAsCompletionStage())
                    .toList();
            for (var each : asked) {
                results.add(each.get(20, TimeUnit.SECONDS));
            }
            assertThat(results).extracting(result -> ((VerificationResult) result).code().code()).hasSize(QUESTIONS)
                    .containsOnly("0");
        } finally {
            over.countDown();
        }
    }

    private static void await(CountDownLatch over) {
        try {
            over.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
