package io.cardverification.tencentcloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import io.cardverification.testing.SamplePerson;

/** Known signatures: A, B and C as Tencent Cloud published them, the others computed by an independent signer. */
class SignatureVectorsTest {

    private static final String PUBLISHED_BODY = "{\"Limit\": 1, \"Filters\": [{\"Values\": [\"\\u672a\\u547d\\u540d\"], \"Name\": \"instance-name\"}]}";
    private static final long PUBLISHED_TIMESTAMP = 1551113065;
    private static final CredentialScope PUBLISHED_SCOPE = new CredentialScope("2019-02-25", "cvm");
    private static final String UTF8_JSON = "application/json; charset=utf-8";

    private static final String BODY = SamplePerson.parameters();
    private static final String HOST = "faceid.intl.tencentcloudapi.com";
    private static final Instant TIMESTAMP = Instant.ofEpochSecond(1700000000);
    private static final CredentialScope SCOPE = new CredentialScope("2023-11-14", "faceid");

    private static CanonicalRequest post(Map<String, String> headers, String hashedPayload) {
        return new CanonicalRequest("POST", "", new TreeMap<>(headers), hashedPayload);
    }

    private static CanonicalRequest published(Map<String, String> headers) {
        return post(headers, Digests.sha256Hex(PUBLISHED_BODY));
    }

    private static String sign(String secretKey, CredentialScope scope, long timestamp, CanonicalRequest canonical) {
        return SigningKey.derive(secretKey, scope).signature(new StringToSign(timestamp, scope, canonical.hash()));
    }

    private static String sign(CanonicalRequest canonical) {
        return sign("SECRETEXAMPLE", SCOPE, TIMESTAMP.getEpochSecond(), canonical);
    }

    @Test
    void published_payload_has_the_published_hash() {
        assertThat(Digests.sha256Hex(PUBLISHED_BODY))
                .isEqualTo("35e9c5b0e3ae67532d3c9f17ead6c90222632e5b1ff7f6e89887f1398934f064");
    }

    @Test
    void vector_a_holds_at_every_step() {
        var canonical = published(Map.of("content-type", UTF8_JSON, "host", "cvm.tencentcloudapi.com", "x-tc-action",
                "describeinstances"));
        assertThat(canonical.hash()).isEqualTo("7019a55be8395899b900fb5564e4200d984910f34794a27cb3fb7d10ff6a1e84");

        var asterisks = "*".repeat(32);
        var secretDate = SigningKey.secretDate(("TC3" + asterisks).getBytes(StandardCharsets.UTF_8), PUBLISHED_SCOPE);
        assertThat(Digests.hex(secretDate)).isEqualTo("da98fb70dcf6b112dc21038d1eeeb3a95c74b4dcb12c1131f864f6066bd02be0");
        var secretService = SigningKey.secretService(secretDate, PUBLISHED_SCOPE);
        assertThat(Digests.hex(secretService)).isEqualTo("8d70cbefb03939f929db64d32dc2ba89b1095620119fe3e050e2b18c5bd2752f");
        assertThat(Digests.hex(SigningKey.secretSigning(secretService)))
                .isEqualTo("b596b923aad85185e2d1f6659d2a062e0a86731226e021e61bfe06f7ed05f5af");

        assertThat(sign(asterisks, PUBLISHED_SCOPE, PUBLISHED_TIMESTAMP, canonical))
                .isEqualTo("10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f");
    }

    @Test
    void vectors_b_and_c_hold() {
        var canonical = published(Map.of("content-type", UTF8_JSON, "host", "cvm.tencentcloudapi.com"));
        assertThat(canonical.hash()).isEqualTo("5ffe6a04c0664d6b969fab9a13bdab201d63ee709638e2749d62a09ca18d7031");
        assertThat(sign("Gu5t9xGARNpq86cd98joQYCN3EXAMPLE", PUBLISHED_SCOPE, PUBLISHED_TIMESTAMP, canonical))
                .isEqualTo("72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168");
        assertThat(sign("Gu5t9xGARNpq86cd98joQYCN3*******", PUBLISHED_SCOPE, PUBLISHED_TIMESTAMP, canonical))
                .isEqualTo("2230eefd229f582d8b1b891af7107b91597240707d778ab3738f756258d7652c");
    }

    @Test
    void bank_card_verification_by_post_signs_as_the_sdks_do() {
        var hashed = Digests.sha256Hex(BODY);
        assertThat(hashed).startsWith("589f36af").endsWith("8fbc");
        var canonical = post(Map.of("content-type", UTF8_JSON, "host", HOST), hashed);
        assertThat(canonical.hash()).isEqualTo("c9d144143236236e1044d7081644b5e16dfc39ae56fc92cd823232335efd2243");
        assertThat(sign(canonical)).isEqualTo("d5b85d5ac6deee8c01de769e9bb1115d4b13ea4a867d4436649568189feb008e");
        assertThat(sign(post(Map.of("content-type", "application/json", "host", HOST), hashed)))
                .isEqualTo("ddb4069729f5d7896caf05a5e10c9b4e575463292f792d492590870f6ad63712");
    }

    @Test
    void unsigned_payload_signs_its_name() {
        var hashed = Digests.sha256Hex("UNSIGNED-PAYLOAD");
        assertThat(hashed).isEqualTo("438d4109ef0d676b8c2c7ed13cdfcb418e494d53b843d4634ce3b1085f07bb96");
        assertThat(sign(post(Map.of("content-type", UTF8_JSON, "host", HOST), hashed)))
                .isEqualTo("2610071d73671bc4d5ae2361432d9e3fac6b6d3b83ab2d6ae2e0e9e7e58b6a20");
    }

    @Test
    void bank_card_verification_by_get_signs_its_raw_query() {
        var canonical = new CanonicalRequest("GET",
                "IdCard=11204416541220243X&Name=Wei%20Xiaobao&BankCard=6226090210146748",
                new TreeMap<>(Map.of("content-type", "application/x-www-form-urlencoded", "host", HOST)),
                Digests.sha256Hex(""));
        assertThat(sign(canonical)).isEqualTo("cdb5de46435bb8df73f2d6bf0515bbfc5041387dd395be9187caabfd90b0ddbd");
    }

    @Test
    void signer_returns_the_headers_of_the_known_request() {
        var signer = new Signer(Action.BANK_CARD_VERIFICATION, new Credentials("AKIDEXAMPLE", "SECRETEXAMPLE", null));
        assertThat(signer.sign(HOST, UTF8_JSON, BODY.getBytes(StandardCharsets.UTF_8),
                TIMESTAMP)).containsExactlyInAnyOrderEntriesOf(
                        Map.of("Authorization", "TC3-HMAC-SHA256 Credential=AKIDEXAMPLE/2023-11-14/faceid/tc3_request, "
                                + "SignedHeaders=content-type;host;x-tc-action, "
                                + "Signature=c50f4a617ce66c8ed1e98cd628ca04d989d3bc21d18166917e2e22f31e7135ce",
                                "X-TC-Action", "BankCardVerification", "X-TC-Version", "2018-03-01",
                                "X-TC-Timestamp", "1700000000"));
    }

    @Test
    void session_token_is_sent_with_the_signature() {
        var signer = new Signer(Action.BANK_CARD_VERIFICATION, new Credentials("AKIDEXAMPLE", "SECRETEXAMPLE", "token"));
        assertThat(signer.sign(HOST, UTF8_JSON, new byte[0], TIMESTAMP))
                .containsEntry("X-TC-Token", "token");
    }

    @Test
    void signing_key_is_derived_once_a_day() {
        var keys = new SigningKeys("SECRETEXAMPLE");
        var today = keys.of(CredentialScope.at(Instant.parse("2023-11-14T00:00:00Z"), "faceid"));
        assertThat(keys.of(CredentialScope.at(Instant.parse("2023-11-14T23:59:59Z"), "faceid"))).isSameAs(today);
        var tomorrow = keys.of(CredentialScope.at(Instant.parse("2023-11-15T00:00:00Z"), "faceid"));
        assertThat(tomorrow).isNotSameAs(today);
        assertThat(tomorrow.scope()).hasToString("2023-11-15/faceid/tc3_request");
    }
}
