package io.cardverification.tencentcloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.cardverification.tencentcloud.AuthenticationResult.Rejected;

/** The diagnosis of a rejected request names the mistake, and no secret and no personal data. */
class SignatureDiagnosisTest extends SignatureV3Fixture {

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
}
