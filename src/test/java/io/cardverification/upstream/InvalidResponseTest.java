package io.cardverification.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** Responses with errors, and their charge. */
@QuarkusTest
@TestProfile(UpstreamFixture.Stubbed.class)
@QuarkusTestResource(value = StubUpstream.class, restrictToAnnotatedClass = true)
class InvalidResponseTest extends UpstreamFixture {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "200 | application/json | ",
            "200 | application/json | null",
            "200 | application/json | []",
            "200 | application/json | {\"Response\":",
            "200 | application/json | {\"Response\":null}",
            "200 | application/json | {\"Response\":{}}",
            "200 | application/json | {\"Response\":{\"Result\":\"-21\"}}",
            "200 | application/json | {\"Response\":{\"Result\":\"canary\"}}",
            "200 | application/json | {\"Response\":{\"Result\":{\"a\":1}}}",
            "200 | application/json | {\"Response\":{\"Error\":{}}}",
            "200 | application/json | {\"Response\":{\"Error\":{\"Code\":\"\"}}}",
            "200 | application/json | {\"Response\":{\"Result\":\"0\",\"Error\":{\"Code\":\"InternalError\"}}}",
            "200 | text/html        | <html>canary</html>",
            "302 | text/html        | canary",
            "404 | text/html        | canary",
            "429 | application/json | {\"Response\":{\"Error\":{\"Code\":\"RequestLimitExceeded\"}}}",
            "500 | text/plain       | canary",
            "502 | text/html        | canary",
            "204 | application/json | " })
    void an_invalid_response_is_an_unknown_charge(int status, String contentType, String body) {
        StubUpstream.answers(status, contentType, body == null ? "" : body);
        problem(502, "upstream-invalid-response").body("charged", is("unknown"), "$", not(hasKey("upstreamCode")));
    }

    @Test
    void a_timeout_after_the_send_is_an_unknown_charge() {
        StubUpstream.BEHAVIOUR.set(request -> {
        });
        problem(504, "upstream-timeout").body("charged", is("unknown"));
        assertThat(StubUpstream.RECEIVED).hasSize(1);
    }

    @Test
    void an_incomplete_body_ends_with_a_timeout() {
        StubUpstream.BEHAVIOUR.set(request -> request.response().putHeader("Content-Type", "application/json")
                .putHeader("Content-Length", "500").write("{"));
        problem(504, "upstream-timeout").body("charged", is("unknown"));
    }

    @Test
    void personal_data_in_an_error_code_is_not_repeated() {
        StubUpstream.answers("{\"Response\":{\"Error\":{\"Code\":\"canary.6226090210146748\"},\"RequestId\":\"canary\"}}");
        problem(502, "upstream-failed");
    }

    @Test
    void a_reset_after_the_send_is_an_unknown_charge() {
        StubUpstream.BEHAVIOUR.set(request -> request.connection().close());
        problem(504, "upstream-timeout").body("charged", is("unknown"));
        StubUpstream.BEHAVIOUR.set(request -> request.response().setChunked(true)
                .putHeader("Content-Type", "application/json").write(GOOD.substring(0, 50))
                .onSuccess(sent -> request.connection().close()));
        problem(504, "upstream-timeout").body("charged", is("unknown"));
        assertThat(StubUpstream.RECEIVED).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = { "RequestLimitExceeded", "RequestLimitExceeded.UinLimitExceeded", "RequestLimitExceeded.New" })
    void a_rate_limit_rejection_has_retry_after(String code) {
        StubUpstream.answers("{\"Response\":{\"Error\":{\"Code\":\"" + code
                + "\",\"Message\":\"canary\"},\"RequestId\":\"a5fdb909-5ee6-43ff-a152-bb1b9744ee8b\"}}");
        problem(503, "limit-exceeded").header("Retry-After", "1").body("charged", is(false), "upstreamCode", is(code),
                "requestId", is("a5fdb909-5ee6-43ff-a152-bb1b9744ee8b"));
    }

    @Test
    void an_undocumented_error_code_is_an_upstream_failure() {
        StubUpstream.answers("{\"Response\":{\"Error\":{\"Code\":\"Brand.New\"},\"RequestId\":\"x\"}}");
        problem(502, "upstream-failed").body("charged", is(false), "$", not(hasKey("upstreamCode")));
    }

    @Test
    void an_undocumented_sub_code_is_passed_on() {
        StubUpstream.answers("{\"Response\":{\"Error\":{\"Code\":\"FailedOperation.SomethingNew\"},\"RequestId\":\"x\"}}");
        problem(502, "upstream-failed").body("charged", is(false), "upstreamCode", is("FailedOperation.SomethingNew"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "FailedOperation.6226090210146748", "FailedOperation.Wei Xiaobao", "FailedOperation.",
            "FailedOperation.a.b.c.d" })
    void a_sub_code_with_other_characters_is_removed(String code) {
        StubUpstream.answers("{\"Response\":{\"Error\":{\"Code\":\"" + code + "\"},\"RequestId\":\"x\"}}");
        problem(502, "upstream-failed").body("charged", is(false), "upstreamCode", is("FailedOperation"));
    }

    @Test
    void a_code_with_thousands_of_parts_is_ignored() {
        StubUpstream.answers("{\"Response\":{\"Error\":{\"Code\":\"" + "a.".repeat(30_000) + "\"}}}");
        problem(502, "upstream-failed").body("charged", is(false), "$", not(hasKey("upstreamCode")));
    }

    @Test
    void a_charge_unknown_error_code_is_an_unknown_charge() {
        StubUpstream.answers("{\"Response\":{\"Error\":{\"Code\":\"InternalError.ChargeUnknown\"},\"RequestId\":\"x\"}}");
        problem(504, "upstream-timeout").body("charged", is("unknown"));
    }

    @Test
    void a_description_is_cut_at_1_kib_between_code_points() {
        StubUpstream.answers(good("a" + "\uD842\uDFB7".repeat(2_000)));
        verify(QUESTION).statusCode(200).body("description", is("a" + "\uD842\uDFB7".repeat(255)));
    }

    @Test
    void a_description_with_half_a_code_point_is_accepted() {
        StubUpstream.answers(good("a\\ud842b"));
        verify(QUESTION).statusCode(200).body("result", is("0"), "charged", is(true));
    }

    private static String good(String description) {
        return GOOD.replace("Authentication passed", description);
    }
}
