package io.cardverification.cloudapi;

import static io.restassured.RestAssured.given;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.cardverification.tencentcloud.Action;
import io.cardverification.tencentcloud.Credentials;
import io.cardverification.tencentcloud.Signer;
import io.cardverification.testing.SamplePerson;
import io.restassured.specification.RequestSpecification;

/** Signs requests that no SDK sends. */
final class SignedCall {

    static final String GOOD = SamplePerson.parameters();
    static final String JSON = "application/json";

    private static final String SECRET_ID = "AKIDCALLEREXAMPLE";
    private static final String SECRET_KEY = "CALLEREXAMPLEKEY";

    private SignedCall() {
    }

    static Map<String, String> headers(int port, byte[] body) {
        return new HashMap<>(new Signer(Action.BANK_CARD_VERIFICATION, new Credentials(SECRET_ID, SECRET_KEY, null))
                .sign("localhost:" + port, JSON, body, Instant.now()));
    }

    /** A v3 POST to a local port. */
    static RequestSpecification post(int port, byte[] body) {
        return given().port(port).contentType(JSON).headers(headers(port, body)).body(body);
    }

    /** Signature version 1, for a query or a form. */
    static String v1(String method, int port, Map<String, String> parameters) {
        var all = new TreeMap<>(Map.of("Action", "BankCardVerification", "Version", "2018-03-01", "Timestamp",
                Long.toString(Instant.now().getEpochSecond()), "Nonce", "1", "SecretId", SECRET_ID));
        all.putAll(parameters);
        var text = method + "localhost:" + port + "/?" + all.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue()).collect(Collectors.joining("&"));
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(SECRET_KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            all.put("Signature",
                    Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8))));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return all.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
