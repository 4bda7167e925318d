package io.cardverification.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.cardverification.pacing.Pacer;
import io.cardverification.pacing.TestPermits;
import io.cardverification.verification.Charge;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.cardverification.verification.VerificationResult;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Effects of one caller on others. The circuit breaker opens after three failures of four. */
@QuarkusTest
@TestProfile(CircuitBreakerTest.SmallWindow.class)
@QuarkusTestResource(value = StubUpstream.class, restrictToAnnotatedClass = true)
class SharedUpstreamTest {

    private static final String GOOD = "{\"Response\":{\"Result\":\"-13\",\"RequestId\":\"a5fdb909-5ee6-43ff-a152-bb1b9744ee8b\"}}";

    @Inject
    CircuitBreakerMaintenance breakers;

    @Inject
    Pacer pacer;

    @Inject
    UpstreamSender sender;

    @Inject
    UpstreamConfig config;

    @Inject
    FailureAttribution attribution;

    @BeforeEach
    void forget() {
        attribution.clear();
        breakers.reset(CircuitBreakingClient.NAME);
        pacer.resume();
        StubUpstream.RECEIVED.clear();
    }

    private CircuitBreakerState state() {
        return breakers.currentState(CircuitBreakingClient.NAME);
    }

    /** As the pacer sends it: with its retries. */
    private boolean isAnswered(String caller, int card, int tries) {
        var question = new UpstreamRequest("11204416541220243X", "Wei", "62260902101" + card, null, null);
        var retryState = new RetryState(config);
        for (var i = 0; i < tries; i++) {
            var completion = sender
                    .send(new PermittedRequest(question, TestPermits.held(), caller, question.hashCode(), retryState)).await()
                    .atMost(Duration.ofSeconds(20));
            if (completion instanceof VerificationResult) {
                return true;
            }
            assertThat(completion.label()).isNotEqualTo(Reason.CIRCUIT_OPEN.label());
        }
        return false;
    }

    /** A card that ends in 9 is answered well, and all others badly. */
    private static void answersOthers(Consumer<HttpServerRequest> badly) {
        StubUpstream.BEHAVIOUR.set(request -> {
            if (StubUpstream.RECEIVED.get(StubUpstream.RECEIVED.size() - 1).body().toJsonObject().getString("BankCard")
                    .endsWith("9")) {
                request.response().putHeader("Content-Type", "application/json").end(GOOD);
            } else {
                badly.accept(request);
            }
        });
    }

    @Test
    void retries_count_as_one_failure_of_the_breaker() {
        StubUpstream.answers("{\"Response\":{\"Error\":{\"Code\":\"FailedOperation.UnKnown\"}}}");
        for (var card = 10_000; card < 10_050; card += 10) {
            assertThat(isAnswered("busy", card, 4)).isFalse();
        }
        assertThat(StubUpstream.RECEIVED).hasSize(20);
        assertThat(state()).isEqualTo(CircuitBreakerState.CLOSED);
    }

    @Test
    void a_failing_request_counts_once_however_often_it_comes() {
        StubUpstream.answers(502, "text/html", "ill");
        assertThat(isAnswered("alone", 10_000, 10)).isFalse();
        assertThat(state()).isEqualTo(CircuitBreakerState.CLOSED);
        assertThat(isAnswered("alone", 10_010, 1)).isFalse();
        assertThat(isAnswered("alone", 10_020, 1)).isFalse();
        assertThat(state()).isEqualTo(CircuitBreakerState.CLOSED);
        assertThat(isAnswered("alone", 10_030, 1)).isFalse();
        assertThat(state()).isNotEqualTo(CircuitBreakerState.CLOSED);
    }

    @Test
    void one_failing_caller_does_not_open_the_breaker() {
        answersOthers(request -> request.response().setStatusCode(502).end());
        for (var i = 0; i < 10; i++) {
            assertThat(isAnswered("other", 10_009 + i * 10, 1)).isTrue();
            for (var j = 0; j < 5; j++) {
                assertThat(isAnswered("one", 20_000 + i * 100 + j * 10, 1)).isFalse();
            }
        }
        assertThat(state()).isEqualTo(CircuitBreakerState.CLOSED);
    }

    @Test
    void a_dead_upstream_opens_the_breaker_after_answers() {
        answersOthers(request -> request.connection().close());
        for (var caller : List.of("one", "other")) {
            assertThat(isAnswered(caller, 10_009, 1)).isTrue();
        }
        for (var i = 0; i < 10 && state() == CircuitBreakerState.CLOSED; i++) {
            isAnswered(i % 2 == 0 ? "one" : "other", 20_000 + i * 10, 1);
        }
        assertThat(state()).isNotEqualTo(CircuitBreakerState.CLOSED);
    }

    @Test
    void a_response_of_400_mb_is_reset_without_effect_on_others() throws Exception {
        var written = new AtomicLong();
        var reset = new CountDownLatch(1);
        var others = new CopyOnWriteArrayList<HttpServerRequest>();
        StubUpstream.BEHAVIOUR.set(request -> {
            if (StubUpstream.RECEIVED.get(StubUpstream.RECEIVED.size() - 1).body().toString().contains("20000")) {
                request.connection().closeHandler(gone -> reset.countDown());
                stream(request.response().putHeader("Content-Type", "application/json").setChunked(true), written);
            } else {
                others.add(request);
            }
        });
        var asked = IntStream.range(0, 15)
                .mapToObj(i -> sender.send(question("other " + i, 10_000 + i)).subscribeAsCompletionStage()).toList();
        var big = sender.send(question("one", 20_000)).subscribeAsCompletionStage();
        assertThat(reset.await(20, TimeUnit.SECONDS)).as("the connection is reset").isTrue();
        assertThat(written.get()).as("read, and in the sockets' buffers").isLessThan(40_000_000);
        assertThat(big.get(20, TimeUnit.SECONDS)).isInstanceOfSatisfying(VerificationFailure.class, failure -> {
            assertThat(failure.reason()).isEqualTo(Reason.UPSTREAM_INVALID_RESPONSE);
            assertThat(failure.charge()).isEqualTo(Charge.UNKNOWN);
        });
        await(() -> others.size() == 15);
        others.forEach(request -> request.response().putHeader("Content-Type", "application/json").end(GOOD));
        for (var each : asked) {
            assertThat(each.get(20, TimeUnit.SECONDS).charge()).isEqualTo(Charge.CHARGED);
        }
        assertThat(state()).isEqualTo(CircuitBreakerState.CLOSED);
    }

    private PermittedRequest question(String caller, int card) {
        var question = new UpstreamRequest("11204416541220243X", "Wei", "62260902101" + card, null, null);
        return new PermittedRequest(question, TestPermits.held(), caller, question.hashCode(), new RetryState(config));
    }

    private static void await(BooleanSupplier condition) {
        for (var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20); !condition.getAsBoolean();) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private static void stream(HttpServerResponse response, AtomicLong written) {
        var buffer = Buffer.buffer(new byte[65_536]);
        while (!response.writeQueueFull() && !response.closed() && written.get() < 400_000_000) {
            written.addAndGet(buffer.length());
            response.write(buffer);
        }
        if (written.get() < 400_000_000) {
            response.drainHandler(drained -> stream(response, written));
        } else {
            response.end();
        }
    }
}
