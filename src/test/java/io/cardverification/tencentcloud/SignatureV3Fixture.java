package io.cardverification.tencentcloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

import io.cardverification.tencentcloud.AuthenticationResult.Accepted;
import io.cardverification.tencentcloud.AuthenticationResult.Rejected;

/** A client that can make one mistake at a time, and the expectations of its requests. */
abstract class SignatureV3Fixture {

    static final Credentials KNOWN = new Credentials("AKIDEXAMPLE", "SECRETEXAMPLE", null);
    static final Instant NOW = Instant.ofEpochSecond(1700000000);
    static final String BODY = "{\"Name\":\"Wei Xiaobao\"}";

    final RequestAuthenticator authenticator = new RequestAuthenticator(Action.BANK_CARD_VERIFICATION, List.of(KNOWN));

    /** A test client that can make one mistake at a time. */
    static final class Client {
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

    final Client client = new Client();

    void accepted() {
        assertThat(authenticator.authenticate(client.request(), NOW)).isInstanceOf(Accepted.class);
    }

    Rejected refused(ErrorCode code) {
        var refusal = (Rejected) authenticator.authenticate(client.request(), NOW);
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.diagnosis().get() + refusal.message()).doesNotContain("Wei", "SECRETEXAMPLE");
        return refusal;
    }

    void differs(String diagnosis) {
        assertThat(refused(ErrorCode.AUTH_FAILURE_SIGNATURE_FAILURE).diagnosis().get()).contains(diagnosis);
    }
}
