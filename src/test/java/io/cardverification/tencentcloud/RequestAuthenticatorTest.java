package io.cardverification.tencentcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.cardverification.tencentcloud.AuthenticationResult.Rejected;

/** Requests with a signature of version 3: accepted forms and rejections. */
class RequestAuthenticatorTest extends SignatureV3Fixture {

    @Test
    void accepts_java_sdk_that_signs_host_and_port() {
        accepted();
    }

    @Test
    void accepts_node_sdk_that_signs_host_without_port() {
        client.signedHost = "127.0.0.1";
        client.service = "127";
        client.sentContentType = client.signedContentType = "application/json";
        accepted();
    }

    @Test
    void accepts_signed_public_host() {
        client.signedHost = "faceid.intl.tencentcloudapi.com";
        accepted();
    }

    @ParameterizedTest
    @ValueSource(strings = { "ap-singapore", "ap-jakarta", "ap-guangzhou", "eu-frankfurt" })
    void accepts_signed_regional_host(String region) {
        client.signedHost = "faceid." + region + ".tencentcloudapi.com";
        accepted();
    }

    @Test
    void long_query_is_hashed_for_few_hosts() {
        client.method = "GET";
        client.query = client.signedQuery = "Name=" + "x".repeat(9_000);
        client.signedBody = client.sentBody = "";
        client.signedHost = "faceid.intl.tencentcloudapi.com";
        accepted();
        client.signedHost = "faceid.ap-singapore.tencentcloudapi.com";
        refused(ErrorCode.AUTH_FAILURE_SIGNATURE_FAILURE);
    }

    @Test
    void accepts_ipv6_host_signed_without_port() {
        client.sentHost = "[::1]:8090";
        client.signedHost = "[::1]";
        accepted();
        client.sentHost = "[::1]";
        accepted();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "BankCard2EVerification | The request `Action` is invalid or not found. Only `BankCardVerification` is served here.",
            "PhoneVerification      | The request `Action` is invalid or not found. Only `BankCardVerification` is served here.",
            "DescribeInstances      | The request `Action` is invalid or not found.",
            "Zhangsan               | The request `Action` is invalid or not found." })
    void unsupported_action_is_rejected_with_the_supported_one(String action, String message) {
        client.more.put("x-tc-action", action);
        assertThat(refused(ErrorCode.INVALID_ACTION).message()).isEqualTo(message);
    }

    @Test
    void accepts_header_values_signed_as_sent_or_in_lower_case() {
        client.sentContentType = "application/json; charset=UTF-8";
        client.signedContentType = "application/json; charset=UTF-8";
        accepted();
        client.signedContentType = "application/json; charset=utf-8";
        accepted();
    }

    @Test
    void accepts_signed_action() {
        client.signedHeaders = "content-type;host;x-tc-action";
        accepted();
    }

    @Test
    void accepts_unsigned_payload() {
        client.more.put("x-tc-content-sha256", "UNSIGNED-PAYLOAD");
        client.sentBody = "anything";
        accepted();
    }

    @Test
    void get_is_checked_by_its_raw_query() {
        client.method = "GET";
        client.query = client.signedQuery = "Name=Wei+Xiaobao&BankCard=6226*";
        client.signedBody = client.sentBody = "";
        accepted();
        client.query = "BankCard=6226*&Name=Wei+Xiaobao";
        refused(ErrorCode.AUTH_FAILURE_SIGNATURE_FAILURE);
    }

    @ParameterizedTest
    @CsvSource({ "300,true", "-300,true", "301,false", "-301,false" })
    void clock_skew_up_to_five_minutes_is_accepted(long seconds, boolean allowed) {
        client.signedAt = NOW.minusSeconds(seconds);
        if (allowed) {
            accepted();
        } else {
            assertThat(refused(ErrorCode.AUTH_FAILURE_SIGNATURE_EXPIRE).diagnosis().get())
                    .contains("301 s " + (seconds > 0 ? "behind" : "ahead of"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "SKIP", "Bearer x", "TC3-HMAC-SHA256 Credential=AKIDEXAMPLE/faceid/tc3_request",
            "TC3-HMAC-SHA256 Credential=AKIDEXAMPLE/2023-13-14/faceid/tc3_request, SignedHeaders=host, Signature=00" })
    void malformed_authorization_is_rejected(String header) {
        client.more.put("authorization", header);
        refused(ErrorCode.AUTH_FAILURE_INVALID_AUTHORIZATION);
    }

    @Test
    void unknown_secret_id_is_rejected() {
        var stranger = new RequestAuthenticator(Action.BANK_CARD_VERIFICATION,
                List.of(new Credentials("AKIDOTHER", "SECRETEXAMPLE", null)));
        assertThat(((Rejected) stranger.authenticate(client.request(), NOW)).code())
                .isEqualTo(ErrorCode.AUTH_FAILURE_SECRET_ID_NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(strings = { "now", "-1", "1700000000.5", "99999999999999999999" })
    void timestamp_must_be_whole_seconds(String timestamp) {
        client.more.put("x-tc-timestamp", timestamp);
        refused(ErrorCode.INVALID_PARAMETER);
    }

    @Test
    void header_parts_are_checked_before_the_signature() {
        client.signedHeaders = "host";
        differs("SignedHeaders must contain content-type and host");
        client.signedHeaders = "host;content-type";
        differs("SignedHeaders must be sorted");
        client.signedHeaders = "content-type;host;x-missing";
        differs("SignedHeaders names a header that the request does not have");
    }

    @Test
    void one_changed_bit_of_the_signature_is_rejected() {
        var good = client.request().header("authorization").orElseThrow();
        var last = good.charAt(good.length() - 1);
        client.more.put("authorization", good.substring(0, good.length() - 1) + (last == '0' ? '1' : '0'));
        refused(ErrorCode.AUTH_FAILURE_SIGNATURE_FAILURE);
    }

    @Test
    void to_string_redacts_values() {
        var request = client.request();
        assertThat(List.of(request.toString(), KNOWN.toString(),
                Authorization.parse(request.header("authorization").orElseThrow()).orElseThrow().toString()).toString()
                .toLowerCase(Locale.ROOT)).doesNotContain("akid", "secret", "wei", "signature=");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", " key", "key\n" })
    void keys_with_surrounding_white_space_are_rejected(String key) {
        assertThatThrownBy(() -> new Credentials("AKID", key, null)).hasMessageContaining("SecretKey must not");
        assertThatThrownBy(() -> new Credentials(key, "key", null)).hasMessageContaining("SecretId must not");
    }
}
