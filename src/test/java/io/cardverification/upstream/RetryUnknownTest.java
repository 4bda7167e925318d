package io.cardverification.upstream;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.cardverification.verification.Ledger;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;

/** Requests with an unknown charge are retried, as configured. */
@QuarkusTest
@TestProfile(RequestEncryptionTest.Encrypted.class)
@QuarkusTestResource(value = StubUpstream.class, restrictToAnnotatedClass = true)
class RetryUnknownTest {

    static final Path LEDGER = Path.of("target", "retry-unknown.jsonl");

    @Inject
    Ledger ledger;

    @BeforeEach
    void forget() {
        StubUpstream.RECEIVED.clear();
    }

    private static void upstreamResetsAndThenAnswers(String result) {
        var received = new AtomicInteger();
        StubUpstream.BEHAVIOUR.set(request -> {
            if (received.incrementAndGet() < 3) {
                request.connection().close();
            } else {
                request.response().putHeader("Content-Type", "application/json").end("{\"Response\":{\"Result\":\"" + result
                        + "\",\"RequestId\":\"a5fdb909-5ee6-43ff-a152-bb1b9744ee8b\"}}");
            }
        });
    }

    private static ValidatableResponse verify() {
        return given().contentType(ContentType.JSON)
                .body("{\"bankCard\":\"6226090210146748\",\"name\":\"Wei\",\"idCard\":\"11204416541220243X\"}")
                .post("/v1/verifications").then();
    }

    @Test
    void unknown_attempts_are_reported_with_the_answer() {
        upstreamResetsAndThenAnswers("0");
        verify().statusCode(200).body("charged", is(true), "attempts", is(3), "unknownAttempts", is(2));
        assertThat(StubUpstream.RECEIVED).hasSize(3);
    }

    @Test
    void a_free_answer_leaves_earlier_attempts_unknown() {
        upstreamResetsAndThenAnswers("-2");
        verify().statusCode(200).body("charged", is("unknown"), "unknownAttempts", is(2));
    }

    @Test
    void an_unknown_charge_remains_if_the_ledger_then_fails() throws Exception {
        StubUpstream.BEHAVIOUR.set(request -> {
            breakLedger();
            request.connection().close();
        });
        try {
            verify().statusCode(504).body("type", endsWith("upstream-timeout"), "charged", is("unknown"), "attempts", is(1));
        } finally {
            Files.delete(LEDGER);
        }
        assertThat(StubUpstream.RECEIVED).hasSize(1);
        await(ledger::isAvailable);
        await(() -> lastLine().contains("\"charge\":\"unknown\",\"attempts\":1"));
    }

    private void breakLedger() {
        try {
            Files.delete(LEDGER);
            Files.createDirectory(LEDGER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ledger.record(new Ledger.Entry("caller", "fingerprint", null, VerificationFailure.of(Reason.QUEUE_FULL), false));
        await(() -> !ledger.isAvailable());
    }

    private static String lastLine() {
        try (var lines = Files.lines(LEDGER)) {
            return lines.reduce("", (before, line) -> line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(BooleanSupplier condition) {
        for (var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20); !condition.getAsBoolean();) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
