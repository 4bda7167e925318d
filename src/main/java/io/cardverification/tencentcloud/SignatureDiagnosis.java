package io.cardverification.tencentcloud;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds the part of a request that its signer saw differently, by trying the known mistakes one at a time.
 *
 * <p>
 * A hash cannot be reversed. So the diagnosis names a part only if changing this part alone makes the signature valid. Costs a
 * few dozen hashes. Only for test servers: a public server must not do it for unauthenticated callers.
 */
final class SignatureDiagnosis {

    private static final List<String> CONTENT_TYPES = List.of("application/json", "application/json; charset=utf-8",
            "application/json;charset=utf-8", "application/json; charset=UTF-8", "application/json;charset=UTF-8",
            "application/x-www-form-urlencoded", "text/plain");

    private SignatureDiagnosis() {
    }

    /** @param received the canonical request of the received request, by the specification */
    static String of(ReceivedRequest request, Authorization authorization, long timestamp, String secretKey,
            CanonicalRequest received, AcceptedHosts hosts) {
        var scope = authorization.scope();
        var key = SigningKey.derive(secretKey, scope);
        for (var mistake : hosts.likelyMistakes(request)) {
            var text = new StringToSign(timestamp, scope, with(received, "host", mistake).hash()).text();
            if (key.signature(text).equals(authorization.signature())) {
                return hosts.describeMismatch(mistake);
            }
        }
        for (var mistake : mistakes(request, received).entrySet()) {
            var text = new StringToSign(timestamp, scope, Digests.sha256Hex(mistake.getValue())).text();
            if (key.signature(text).equals(authorization.signature())) {
                return mistake.getKey();
            }
        }
        var text = new StringToSign(timestamp, scope, received.hash()).text();
        for (var mistake : keyMistakes(authorization, secretKey).entrySet()) {
            if (SigningKey.derive(mistake.getValue().getBytes(StandardCharsets.UTF_8), scope).signature(text)
                    .equals(authorization.signature())) {
                return mistake.getKey();
            }
        }
        return "no single known mistake explains the difference: the SecretKey is wrong, or the body, the host or the timestamp"
                + " changed after signing. Seen here: " + received;
    }

    private static Map<String, String> mistakes(ReceivedRequest request, CanonicalRequest received) {
        var mistakes = new LinkedHashMap<String, String>();
        CONTENT_TYPES.forEach(type -> mistakes.put("content-type differs: `" + type + "` was signed, `"
                + CanonicalRequest.redact(received.headers().getOrDefault("content-type", "")) + "` was sent",
                with(received, "content-type", type).text()));
        request.header("x-tc-action")
                .ifPresent(action -> mistakes.put("x-tc-action differs: the client signed another spelling",
                        with(received, "x-tc-action", action.strip()).text()));
        List.of("GET", "POST").forEach(method -> mistakes.put("HTTPRequestMethod differs: " + method + " was signed, "
                + received.method() + " was sent", with(received, method, received.query(), received.hashedPayload())));
        mistakes.put("CanonicalQueryString differs: it must be empty for POST, and the raw query for GET",
                with(received, received.method(), received.query().isEmpty() ? request.query() : "",
                        received.hashedPayload()));
        var body = new String(request.body(), StandardCharsets.UTF_8);
        mistakes.put("HashedRequestPayload differs: it is the hash of an empty body",
                with(received, received.method(), received.query(), Digests.sha256Hex("")));
        mistakes.put("HashedRequestPayload differs: it is the hash of the body without surrounding white space",
                with(received, received.method(), received.query(), Digests.sha256Hex(body.strip())));
        mistakes.put("HashedRequestPayload differs: it is the hash of the body with a trailing line break",
                with(received, received.method(), received.query(), Digests.sha256Hex(body + "\n")));
        mistakes.put("CanonicalHeaders differs: its last line break is missing",
                received.text().replace("\n\n" + received.signedHeaders(), "\n" + received.signedHeaders()));
        mistakes.put("CanonicalRequest differs: it ends in a line break", received.text() + "\n");
        return mistakes;
    }

    private static Map<String, String> keyMistakes(Authorization authorization, String secretKey) {
        var mistakes = new LinkedHashMap<String, String>();
        mistakes.put("SecretDate differs: the prefix `TC3` of the key is missing", secretKey);
        mistakes.put("SecretDate differs: the SecretKey has trailing white space", "TC3" + secretKey + "\n");
        mistakes.put("SecretDate differs: the SecretId was used for the SecretKey", "TC3" + authorization.secretId());
        return mistakes;
    }

    private static CanonicalRequest with(CanonicalRequest received, String header, String value) {
        var headers = new TreeMap<>(received.headers());
        headers.replace(header, value);
        return new CanonicalRequest(received.method(), received.query(), headers, received.hashedPayload());
    }

    private static String with(CanonicalRequest received, String method, String query, String hashedPayload) {
        return new CanonicalRequest(method, query, received.headers(), hashedPayload).text();
    }
}
