package io.cardverification.tencentcloud;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.cardverification.tencentcloud.Receipt.Parameters;
import io.cardverification.tencentcloud.Receipt.Refusal;

/**
 * A request as signature version 3 has it: common parameters in headers, {@code TC3-HMAC-SHA256} over the raw bytes.
 *
 * <p>
 * The SDKs differ in what they sign for {@code Host} (with or without port), in the scope's service (the product, or the
 * endpoint's first label) and in the case of header values, so each form is tried. What is hashed is what was received:
 * nothing is serialised, sorted or encoded anew.
 */
final class SignedV3 implements Signed {

    private static final String UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";
    private static final List<String> MANDATORY = List.of("content-type", "host");

    private final SignedRequest request;
    private final String service;
    private final Hosts hosts;
    private final @Nullable Authorization authorization;
    private final List<String> signedNames;

    /** @param service of the credential scope; the first label of the signed host is accepted as well */
    SignedV3(SignedRequest request, String service) {
        this.request = request;
        this.service = service;
        this.hosts = Hosts.of(request);
        this.authorization = request.header("authorization").flatMap(Authorization::parse).orElse(null);
        this.signedNames = authorization == null ? List.of() : authorization.signedHeaderNames();
    }

    @Override
    public Optional<String> missing() {
        if (action().isBlank()) {
            return Optional.of("Action");
        }
        if (timestamp().isBlank()) {
            return Optional.of("Timestamp");
        }
        return version().isBlank() ? Optional.of("Version") : Optional.empty();
    }

    @Override
    public String action() {
        return header("x-tc-action");
    }

    @Override
    public String version() {
        return header("x-tc-version");
    }

    @Override
    public String timestamp() {
        return header("x-tc-timestamp");
    }

    private String header(String lowerCaseName) {
        return request.headers().getOrDefault(lowerCaseName, "");
    }

    @Override
    public Optional<String> token() {
        return request.header("x-tc-token");
    }

    @Override
    public Optional<Refusal> illegible() {
        return authorization != null ? Optional.empty()
                : Optional.of(Refusal.of(ErrorCode.AUTH_FAILURE_INVALID_AUTHORIZATION,
                        "Authorization is missing or not of the form `TC3-HMAC-SHA256"
                                + " Credential=<SecretId>/<Date>/<service>/tc3_request, SignedHeaders=<..>,"
                                + " Signature=<64 lower-case hex digits>`"));
    }

    @Override
    public String secretId() {
        return legible().secretId();
    }

    private Authorization legible() {
        if (authorization == null) {
            throw new IllegalStateException("asked of an illegible Authorization");
        }
        return authorization;
    }

    @Override
    public boolean isGood(KnownKey key, long timestamp) {
        return incoherent(timestamp).isEmpty() && isSigned(key.signingKeys().of(legible().scope()), timestamp);
    }

    @Override
    public String diagnosis(KnownKey key, long timestamp) {
        return incoherent(timestamp).orElseGet(() -> SignatureDiagnosis.of(request, legible(), timestamp,
                key.credentials().secretKey(), canonical(hosts.received(), SignedV3::lowerCase, hashedPayload()), hosts));
    }

    /** What no signature could make good. */
    private Optional<String> incoherent(long timestamp) {
        var scope = legible().scope();
        if (!scope.date().equals(CredentialScope.date(timestamp))) {
            return Optional.of("Date in Credential is not the UTC date of Timestamp");
        }
        if (!signedNames.containsAll(MANDATORY)) {
            return Optional.of("SignedHeaders must hold content-type and host");
        }
        if (!areSorted(signedNames)) {
            return Optional.of("SignedHeaders must be sorted, each name once");
        }
        if (!request.headers().keySet().containsAll(signedNames)) {
            return Optional.of("SignedHeaders names a header that the request does not have, or not in lower case");
        }
        if (!scope.service().equals(service) && !hosts.haveFirstLabel(scope.service())) {
            return Optional
                    .of("service in Credential is neither " + service + " nor the first label of the host that was sent, `"
                            + CanonicalRequest.harmless(hosts.received()) + "`: another Host was signed, or another product's");
        }
        return Optional.empty();
    }

    private static boolean areSorted(List<String> names) {
        for (var i = 1; i < names.size(); i++) {
            if (names.get(i - 1).compareTo(names.get(i)) >= 0) {
                return false;
            }
        }
        return true;
    }

    /** Tries every canonical request that a known client may have signed for what was received; the likeliest first. */
    private boolean isSigned(SigningKey key, long timestamp) {
        var payload = hashedPayload();
        for (var host : hosts.accepted()) {
            var lowerCase = canonical(host, SignedV3::lowerCase, payload);
            if (isSigned(lowerCase, key, timestamp)) {
                return true;
            }
            var verbatim = canonical(host, String::strip, payload);
            if (!verbatim.headers().equals(lowerCase.headers()) && isSigned(verbatim, key, timestamp)) {
                return true;
            }
        }
        return false;
    }

    private boolean isSigned(CanonicalRequest candidate, SigningKey key, long timestamp) {
        return key.hasSigned(new StringToSign(timestamp, legible().scope(), candidate.hash()), legible().signature());
    }

    private CanonicalRequest canonical(String host, UnaryOperator<String> spelling, String hashedPayload) {
        return new CanonicalRequest(request.method(), request.isGet() ? request.query() : "", headers(host, spelling),
                hashedPayload);
    }

    private static String lowerCase(String value) {
        return value.strip().toLowerCase(Locale.ROOT);
    }

    private SortedMap<String, String> headers(String host, UnaryOperator<String> spelling) {
        var headers = new TreeMap<String, String>();
        for (var name : signedNames) {
            headers.put(name, spelling.apply(name.equals("host") ? host : header(name)));
        }
        return headers;
    }

    private String hashedPayload() {
        return header("x-tc-content-sha256").equals(UNSIGNED_PAYLOAD) ? Digests.sha256Hex(UNSIGNED_PAYLOAD)
                : Digests.sha256Hex(request.body());
    }

    @Override
    public Parameters parameters() throws Form.Malformed {
        return request.isGet() ? new Parameters.Form(Form.parse(request.query()).nested(Set.of()))
                : new Parameters.Json(request.body());
    }
}
