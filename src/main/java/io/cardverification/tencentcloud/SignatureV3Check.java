package io.cardverification.tencentcloud;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.cardverification.tencentcloud.AuthenticationResult.Parameters;
import io.cardverification.tencentcloud.AuthenticationResult.Rejected;

/**
 * Checks signature version 3: common parameters in headers, {@code TC3-HMAC-SHA256} over the raw bytes.
 *
 * <p>
 * The SDKs differ in three parts, so the check tries each form. These are the signed {@code Host} (with or without port), the
 * service of the scope (the product, or the endpoint's first label), and the case of header values. It hashes the received
 * bytes, and never serialises, sorts or encodes them again.
 */
final class SignatureV3Check implements SignatureCheck {

    private static final String UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";
    private static final List<String> MANDATORY = List.of("content-type", "host");

    private final ReceivedRequest request;
    private final String service;
    private final AcceptedHosts hosts;
    private final @Nullable Authorization authorization;
    private final List<String> signedHeaderNames;

    /** @param service of the credential scope; the first label of the signed host is accepted as well */
    SignatureV3Check(ReceivedRequest request, String service) {
        this.request = request;
        this.service = service;
        this.hosts = AcceptedHosts.of(request);
        this.authorization = request.header("authorization").flatMap(Authorization::parse).orElse(null);
        this.signedHeaderNames = authorization == null ? List.of() : authorization.signedHeaderNames();
    }

    @Override
    public Optional<String> missingParameter() {
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
    public Optional<Rejected> malformedAuthorization() {
        return authorization != null ? Optional.empty()
                : Optional.of(Rejected.of(ErrorCode.AUTH_FAILURE_INVALID_AUTHORIZATION,
                        "Authorization is missing or not of the form `TC3-HMAC-SHA256"
                                + " Credential=<SecretId>/<Date>/<service>/tc3_request, SignedHeaders=<..>,"
                                + " Signature=<64 lower-case hex digits>`"));
    }

    @Override
    public String secretId() {
        return requireAuthorization().secretId();
    }

    private Authorization requireAuthorization() {
        if (authorization == null) {
            throw new IllegalStateException("the Authorization header is malformed");
        }
        return authorization;
    }

    @Override
    public boolean isValid(VerificationKey key, long timestamp) {
        return inconsistency(timestamp).isEmpty() && matches(key.signingKeys().of(requireAuthorization().scope()), timestamp);
    }

    @Override
    public String diagnosis(VerificationKey key, long timestamp) {
        return inconsistency(timestamp).orElseGet(() -> SignatureDiagnosis.of(request, requireAuthorization(), timestamp,
                key.credentials().secretKey(), canonical(hosts.received(), SignatureV3Check::lowerCase, hashedPayload()),
                hosts));
    }

    /** The defects that make any signature invalid. */
    private Optional<String> inconsistency(long timestamp) {
        var scope = requireAuthorization().scope();
        if (!scope.date().equals(CredentialScope.date(timestamp))) {
            return Optional.of("Date in Credential is not the UTC date of Timestamp");
        }
        if (!signedHeaderNames.containsAll(MANDATORY)) {
            return Optional.of("SignedHeaders must contain content-type and host");
        }
        if (!areSorted(signedHeaderNames)) {
            return Optional.of("SignedHeaders must be sorted, each name once");
        }
        if (!request.headers().keySet().containsAll(signedHeaderNames)) {
            return Optional.of("SignedHeaders names a header that the request does not have, or not in lower case");
        }
        if (!scope.service().equals(service) && !hosts.containFirstLabel(scope.service())) {
            return Optional
                    .of("service in Credential is neither " + service + " nor the first label of the host that was sent, `"
                            + CanonicalRequest.redact(hosts.received()) + "`: another Host was signed, or another product's");
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

    /** Tries each canonical request that a known client may sign for the received request, the likeliest first. */
    private boolean matches(SigningKey key, long timestamp) {
        var payload = hashedPayload();
        for (var host : hosts.accepted()) {
            var lowerCase = canonical(host, SignatureV3Check::lowerCase, payload);
            if (matches(lowerCase, key, timestamp)) {
                return true;
            }
            var verbatim = canonical(host, String::strip, payload);
            if (!verbatim.headers().equals(lowerCase.headers()) && matches(verbatim, key, timestamp)) {
                return true;
            }
        }
        return false;
    }

    private boolean matches(CanonicalRequest candidate, SigningKey key, long timestamp) {
        return key.hasSigned(new StringToSign(timestamp, requireAuthorization().scope(), candidate.hash()),
                requireAuthorization().signature());
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
        for (var name : signedHeaderNames) {
            headers.put(name, spelling.apply(name.equals("host") ? host : header(name)));
        }
        return headers;
    }

    private String hashedPayload() {
        return header("x-tc-content-sha256").equals(UNSIGNED_PAYLOAD) ? Digests.sha256Hex(UNSIGNED_PAYLOAD)
                : Digests.sha256Hex(request.body());
    }

    @Override
    public Parameters parameters() throws FormParameters.MalformedFormException {
        return request.isGet() ? new Parameters.Form(FormParameters.parse(request.query()).nested(Set.of()))
                : new Parameters.Json(request.body());
    }
}
