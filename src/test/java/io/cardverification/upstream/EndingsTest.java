package io.cardverification.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;

import org.junit.jupiter.api.Test;

import io.cardverification.pacing.TestPermits;
import io.cardverification.tencentcloud.ErrorCode;
import io.cardverification.verification.Charge;
import io.cardverification.verification.ResultCode;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.smallrye.mutiny.TimeoutException;

/** What an attempt cost, for every way in which it can end, beside the API page. */
class EndingsTest {

    /** The API page, "Charged: 0, -1, -5, ..., -16, -20; free: -2, -3, -4, -17, -18, -19". */
    private static final List<String> CHARGED = List.of("0", "-1", "-5", "-6", "-7", "-8", "-9", "-10", "-11", "-12", "-13",
            "-14", "-15", "-16", "-20");

    private static WireAnswer answer(String result, String errorCode) {
        return new WireAnswer(new WireAnswer.Response(result.isEmpty() ? null : result, null, null,
                errorCode.isEmpty() ? null : new WireAnswer.Refusal(errorCode)));
    }

    private static Charge charge(WireAnswer answer) {
        try {
            return Endings.answered(answer).charge();
        } catch (VerificationFailure failure) {
            return failure.charge();
        }
    }

    @Test
    void a_result_costs_what_the_api_page_says() {
        for (var code : ResultCode.values()) {
            assertThat(charge(answer(code.code(), ""))).as(code.code())
                    .isEqualTo(CHARGED.contains(code.code()) ? Charge.CHARGED : Charge.FREE);
        }
    }

    @Test
    void an_error_envelope_is_free_whatever_its_code() {
        assertThat(Arrays.stream(ErrorCode.values()).map(code -> charge(answer("", code.code())))).containsOnly(Charge.FREE);
        assertThat(charge(answer("", "Brand.New"))).isEqualTo(Charge.FREE);
    }

    @Test
    void all_else_that_comes_back_is_an_unknown_charge() {
        for (var answer : List.of(answer("", ""), answer("-21", ""), answer("canary", ""), answer("0", "InternalError"),
                new WireAnswer(null))) {
            assertThat(charge(answer)).isEqualTo(Charge.UNKNOWN);
        }
    }

    @Test
    void what_failed_before_it_left_was_not_sent_and_what_failed_after_it_left_is_an_unknown_charge() {
        var failures = new ArrayList<Throwable>(List.of(new TimeoutException(), new IllegalStateException("reset"),
                new ProcessingException("nonsense"), new WebApplicationException(502), new OutOfMemoryError()));
        for (var failure : failures) {
            var held = TestPermits.held();
            assertThat(Endings.failed(failure, held).charge()).isEqualTo(Charge.NOT_SENT);
            assertThat(held.markSent()).as("may it leave later").isFalse();
            var departed = TestPermits.held();
            assertThat(departed.markSent()).isTrue();
            assertThat(Endings.failed(failure, departed).charge()).isEqualTo(Charge.UNKNOWN);
        }
    }

    @Test
    void something_that_came_back_is_told_from_silence() {
        var departed = TestPermits.held();
        departed.markSent();
        assertThat(Endings.failed(new WebApplicationException(502), departed).reason())
                .isEqualTo(Reason.UPSTREAM_INVALID_RESPONSE);
        assertThat(Endings.failed(new TimeoutException(), departed).reason()).isEqualTo(Reason.UPSTREAM_TIMEOUT);
    }
}
