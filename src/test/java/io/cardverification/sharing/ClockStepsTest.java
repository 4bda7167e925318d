package io.cardverification.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.cardverification.verification.BankCard;
import io.cardverification.verification.Caller;
import io.cardverification.verification.Conclusion;
import io.cardverification.verification.IdCard;
import io.cardverification.verification.Lane;
import io.cardverification.verification.PersonName;
import io.cardverification.verification.ResultCode;
import io.cardverification.verification.Terms;
import io.cardverification.verification.VerificationRequest;
import io.cardverification.verification.VerificationResult;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

/** What is kept is kept for as long as it may, however the wall clock is set meanwhile. */
@NullUnmarked // conclusions have either
class ClockStepsTest {

    private static final String CARD = "6226090210146748";

    private final StoppedClock clock = new StoppedClock(Instant.parse("2026-11-24T10:00:00Z"));
    private final StubInquiries inquiries = new StubInquiries();
    private final SharingVerifier verifier = new SharingVerifier(inquiries, new StubAccounts(), new StubLedger(), clock, clock,
            Settings.of("reuse.passed", "1h", "idempotency.most", "4"), new Fingerprints(new byte[32]));

    private UniAssertSubscriber<VerificationResult> ask(String card, @Nullable String key) {
        return verifier.verify(
                new VerificationRequest(new BankCard(card, false), new PersonName("Wei", false),
                        new IdCard("11204416541220243X", false), null, null),
                new Terms(Lane.INTERACTIVE, Caller.unlimited("caller"), null, false, key))
                .subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private void asked(String card, @Nullable String key, String result) {
        ask(card, key);
        inquiries.latest().end(Conclusion.of(new VerificationResult(ResultCode.of(result).orElseThrow(), result, "id")));
    }

    private void isKept(String card, @Nullable String key, Duration age) {
        assertThat(ask(card, key).getItem().delivery().reusedAfter()).contains(age);
    }

    @ParameterizedTest
    @ValueSource(strings = { "PT2H", "-PT8H", "P1D", "-P200D", "P200D" })
    void a_key_and_a_kept_answer_end_after_their_time(Duration step) {
        asked(CARD, "key", "0");
        clock.set(step);
        clock.pass(Duration.ofHours(1).minusNanos(1));
        isKept(CARD, "key", Duration.ofHours(1).minusNanos(1));
        isKept(CARD, null, Duration.ofHours(1).minusNanos(1));
        clock.set(step.negated());
        clock.pass(Duration.ofNanos(1));
        ask(CARD, "key").assertNotTerminated();
    }

    @Test
    void early_key_of_a_corrected_clock_stops_no_expiry() {
        clock.set(Duration.ofHours(8));
        asked(CARD, "early", "0");
        clock.set(Duration.ofHours(-8));
        for (var key : List.of("two", "three")) {
            ask(CARD, key);
        }
        clock.pass(Duration.ofHours(1));
        for (var key : List.of("four", "five", "six")) {
            ask(CARD, key).assertNotTerminated();
        }
        assertThat(inquiries.opened).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = { "P1D", "-P1D", "-P200D" })
    void result_18_is_kept_until_the_day_of_the_question_ends(Duration step) {
        asked(CARD, null, "-18");
        clock.set(step);
        clock.pass(Duration.ofHours(6).minusNanos(1));
        isKept(CARD, null, Duration.ofHours(6).minusNanos(1));
        clock.pass(Duration.ofNanos(1));
        ask(CARD, null).assertNotTerminated();
    }
}
