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
import io.cardverification.verification.VerificationFailure.Reason;
import io.smallrye.mutiny.TimeoutException;

/** The charge of every possible end of an attempt, compared with the API page. */
class ResponseClassifierTest {

    /** The API page, "Charged: 0, -1, -5, ..., -16, -20; free: -2, -3, -4, -17, -18, -19". */
    private static final List<String> CHARGED = List.of("0", "-1", "-5", "-6", "-7", "-8", "-9", "-10", "-11", "-12", "-13",
            "-14", "-15", "-16", "-20");

    private static UpstreamResponse answer(String result, String errorCode) {
        return new UpstreamResponse(new UpstreamResponse.Response(result.isEmpty() ? null : result, null, null,
                errorCode.isEmpty() ? null : new UpstreamResponse.ErrorMember(errorCode)));
    }

    private static Charge charge(UpstreamResponse answer) {
        return ResponseClassifier.classify(answer).charge();
    }

    @Test
    void results_have_the_charge_of_the_api_page() {
        for (var code : ResultCode.values()) {
            assertThat(charge(answer(code.code(), ""))).as(code.code())
                    .isEqualTo(CHARGED.contains(code.code()) ? Charge.CHARGED : Charge.FREE);
        }
    }

    @Test
    void every_error_response_is_free() {
        assertThat(Arrays.stream(ErrorCode.values()).map(code -> charge(answer("", code.code())))).containsOnly(Charge.FREE);
        assertThat(charge(answer("", "Brand.New"))).isEqualTo(Charge.FREE);
    }

    @Test
    void every_other_response_is_an_unknown_charge() {
        for (var answer : List.of(answer("", ""), answer("-21", ""), answer("canary", ""), answer("0", "InternalError"),
                new UpstreamResponse(null))) {
            assertThat(charge(answer)).isEqualTo(Charge.UNKNOWN);
        }
    }

    @Test
    void failures_are_unsent_before_and_unknown_after_the_send() {
        var failures = new ArrayList<Throwable>(List.of(new TimeoutException(), new IllegalStateException("reset"),
                new ProcessingException("nonsense"), new WebApplicationException(502), new OutOfMemoryError()));
        for (var failure : failures) {
            var held = TestPermits.held();
            assertThat(ResponseClassifier.failed(failure, held).charge()).isEqualTo(Charge.NOT_SENT);
            assertThat(held.markSent()).as("may it leave later").isFalse();
            var departed = TestPermits.held();
            assertThat(departed.markSent()).isTrue();
            assertThat(ResponseClassifier.failed(failure, departed).charge()).isEqualTo(Charge.UNKNOWN);
        }
    }

    @Test
    void invalid_responses_differ_from_timeouts() {
        var departed = TestPermits.held();
        departed.markSent();
        assertThat(ResponseClassifier.failed(new WebApplicationException(502), departed).reason())
                .isEqualTo(Reason.UPSTREAM_INVALID_RESPONSE);
        assertThat(ResponseClassifier.failed(new TimeoutException(), departed).reason()).isEqualTo(Reason.UPSTREAM_TIMEOUT);
    }
}
