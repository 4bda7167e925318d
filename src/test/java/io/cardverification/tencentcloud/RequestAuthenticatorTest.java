package io.cardverification.tencentcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.cardverification.tencentcloud.AuthenticationResult.Accepted;
import io.cardverification.tencentcloud.AuthenticationResult.Rejected;

class RequestAuthenticatorTest {

    private static final Credentials KNOWN = new Credentials("AKIDEXAMPLE", "SECRETEXAMPLE", null);
    private static final Instant NOW = Instant.ofEpochSecond(1700000000);
    private static final String BODY = "{\"Name\":\"Wei Xiaobao\"}";

    private final RequestAuthenticator authenticator = new RequestAuthenticator(Action.BANK_CARD_VERIFICATION, List.of(KNOWN));

    /** A test client that can make one mistake at a time. */
    private static final class Client {
        String method = "POST";
        String query = "";
        String sentHost = "127.0.0.1:8090";
        String signedHost = "127.0.0.1:8090";
        String sentContentType = "application/json; charset=utf-8";
        String signedContentType = "application/json; charset=utf-8";
        String signedBody = BODY;
        String sentBody = BODY;
        String signedQuery = "";
        String service = "faceid";
        String prefix = "TC3";
        String secretKey = "SECRETEXAMPLE";
        String signedHeaders = "content-type;host";
        Instant signedAt = NOW;
        UnaryOperator<String> canonical = UnaryOperator.identity();
        Map<String, String> more = new HashMap<>();

        ReceivedRequest request() {
            var signed = new TreeMap<>(Map.of("content-type", signedContentType, "host", signedHost));
            if (signedHeaders.contains("x-tc-action")) {
                signed.put("x-tc-action", "bankcardverification");
            }
            var payload = more.containsKey("x-tc-content-sha256") ? "UNSIGNED-PAYLOAD" : signedBody;
            var text = new CanonicalRequest(method, signedQuery, signed, Digests.sha256Hex(payload)).text();
            var scope = CredentialScope.at(signedAt, service);
            var signature = SigningKey.derive((prefix + secretKey).getBytes(StandardCharsets.UTF_8), scope)
                    .signature(new StringToSign(signedAt.getEpochSecond(), scope,
                            Digests.sha256Hex(canonical.apply(text))));
            var headers = new HashMap<>(Map.of("host", sentHost, "content-type", sentContentType,
                    "x-tc-action", "BankCardVerification", "x-tc-version", "2018-03-01", "x-tc-timestamp",
                    Long.toString(signedAt.getEpochSecond()),
                    "authorization", new Authorization("AKIDEXAMPLE", scope, signedHeaders, signature).header()));
            headers.putAll(more);
            return new ReceivedRequest(method, query, headers, sentBody.getBytes(StandardCharsets.UTF_8));
        }
    }

    private final Client client = new Client();

    private void accepted() {
        assertThat(authenticator.authenticate(client.request(), NOW)).isInstanceOf(Accepted.class);
    }

    private Rejected refused(ErrorCode code) {
        var refusal = (Rejected) authenticator.authenticate(client.request(), NOW);
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.diagnosis().get() + refusal.message()).doesNotContain("Wei", "SECRETEXAMPLE");
        return refusal;
    }

    private void differs(String diagnosis) {
        assertThat(refused(ErrorCode.AUTH_FAILURE_SIGNATURE_FAILURE).diagnosis().get()).contains(diagnosis);
    }

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
    @CsvSource({ "localhost:8090,127.0.0.1:8090", "127.0.0.1,localhost:8090", "gateway.example:8080,gateway.example",
            "localhost:8080,[::1]:8090", "api.example.com,10.0.0.7:8080" })
    void diagnosis_names_the_host(String signed, String sent) {
        client.signedHost = signed;
        client.sentHost = sent;
        client.more.put("x-forwarded-host", "api.example.com");
        differs("Host differs: `" + signed + "` was signed, `" + sent + "` was sent");
    }

    @Test
    void unknown_host_is_named_as_sent() {
        client.signedHost = "elsewhere.example";
        differs("host=127.0.0.1:8090");
        client.service = "elsewhere";
        differs("nor the first label of the host that was sent, `127.0.0.1:8090`: another Host was signed");
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
    void diagnosis_names_the_too_large_part() {
        client.sentBody = "x".repeat(10 * 1024 * 1024 + 1);
        assertThat(refused(ErrorCode.REQUEST_SIZE_LIMIT_EXCEEDED).diagnosis().get()).isEqualTo("the body is larger than 10 MB");
        client.method = "GET";
        client.query = "x".repeat(32 * 1024);
        assertThat(refused(ErrorCode.REQUEST_SIZE_LIMIT_EXCEEDED).diagnosis().get())
                .isEqualTo("the address of a GET is longer than 32 KB");
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
    void scope_of_another_day_or_service_is_diagnosed() {
        client.service = "cvm";
        differs("service in Credential is neither faceid nor the first label of the host");
        client.service = "faceid";
        client.more.put("x-tc-timestamp", Long.toString(NOW.minusSeconds(120).getEpochSecond()));
        var midnight = Instant.parse("2023-11-15T00:01:00Z");
        client.signedAt = midnight;
        client.more.put("x-tc-timestamp", Long.toString(midnight.minusSeconds(120).getEpochSecond()));
        assertThat(((Rejected) authenticator.authenticate(client.request(), midnight)).diagnosis().get())
                .contains("Date in Credential is not the UTC date");
    }

    @Test
    void diagnosis_names_the_content_type() {
        client.signedContentType = "application/json";
        differs("content-type differs: `application/json` was signed, `application/json; charset=utf-8` was sent");
    }

    @Test
    void diagnosis_names_the_payload() {
        client.signedBody = "";
        differs("it is the hash of an empty body");
        client.signedBody = BODY;
        client.sentBody = BODY + "\n";
        differs("without surrounding white space");
        client.signedBody = BODY + "\n";
        client.sentBody = BODY;
        differs("with a trailing line break");
    }

    @Test
    void diagnosis_names_the_query() {
        client.query = client.signedQuery = "Name=x";
        differs("CanonicalQueryString differs");
    }

    @Test
    void diagnosis_names_the_line_break() {
        client.canonical = text -> text.replace("\n\ncontent-type;host", "\ncontent-type;host");
        differs("CanonicalHeaders differs: its last line break is missing");
        client.canonical = text -> text + "\n";
        differs("it ends in a line break");
    }

    @Test
    void diagnosis_names_the_key() {
        client.prefix = "";
        differs("the prefix `TC3` of the key is missing");
        client.prefix = "TC3";
        client.secretKey = "SECRETEXAMPLE\n";
        differs("the SecretKey has trailing white space");
        client.secretKey = "AKIDEXAMPLE";
        differs("the SecretId was used for the SecretKey");
    }

    @Test
    void unexplained_signature_is_shown_without_secrets() {
        client.secretKey = "ANOTHERKEY";
        client.signedHeaders = "content-type;host;x-secret";
        client.more.put("x-secret", "canary");
        assertThat(refused(ErrorCode.AUTH_FAILURE_SIGNATURE_FAILURE).diagnosis().get())
                .contains("no single known mistake explains the difference", "127.0.0.1:8090", "x-secret=*")
                .doesNotContain("canary");
    }

    @Test
    void diagnosis_repeats_no_personal_header_value() {
        client.sentContentType = "application/json; name=Zhangsan-6226090210146748";
        client.sentHost = "zhangsan-11204416541220243X";
        assertThat(refused(ErrorCode.AUTH_FAILURE_SIGNATURE_FAILURE).diagnosis().get()).doesNotContain("Zhangsan", "zhangsan",
                "6226", "112044");
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
