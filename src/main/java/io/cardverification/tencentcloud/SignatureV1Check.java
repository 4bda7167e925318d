package io.cardverification.tencentcloud;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import io.cardverification.tencentcloud.AuthenticationResult.Parameters;
import io.cardverification.tencentcloud.AuthenticationResult.Rejected;

/** Checks signature version 1: all parameters in the query of a GET, or in the form of a POST. */
final class SignatureV1Check implements SignatureCheck {

    private static final Set<String> COMMON = Set.of("Action", "Version", "Timestamp", "Nonce", "SecretId", "Signature",
            "SignatureMethod", "Region", "Token", "Language", "RequestClient");
    private static final List<String> REQUIRED = List.of("Action", "Nonce", "Signature", "Timestamp", "Version");

    private final ReceivedRequest request;
    private final FormParameters form;
    private final AcceptedHosts hosts;

    private SignatureV1Check(ReceivedRequest request, FormParameters form, AcceptedHosts hosts) {
        this.request = request;
        this.form = form;
        this.hosts = hosts;
    }

    static SignatureV1Check of(ReceivedRequest request) throws FormParameters.MalformedFormException {
        var text = request.isGet() ? request.query() : new String(request.body(), StandardCharsets.ISO_8859_1);
        return new SignatureV1Check(request, FormParameters.parse(text), AcceptedHosts.of(request));
    }

    @Override
    public Optional<String> missingParameter() {
        return REQUIRED.stream().filter(name -> value(name).isBlank()).findFirst();
    }

    @Override
    public String action() {
        return value("Action");
    }

    @Override
    public String version() {
        return value("Version");
    }

    @Override
    public String timestamp() {
        return value("Timestamp");
    }

    /** Tencent Cloud reports an absent SecretId as not found, not as missing. */
    @Override
    public String secretId() {
        return value("SecretId");
    }

    private String value(String name) {
        return form.values().getOrDefault(name, "");
    }

    @Override
    public Optional<String> token() {
        return Optional.ofNullable(form.values().get("Token"));
    }

    /** The random numbers of the SDKs have 16 to 63 bits. */
    @Override
    public Optional<Rejected> malformedAuthorization() {
        try {
            return Long.parseLong(value("Nonce")) >= 0 ? Optional.empty() : Optional.of(nonce());
        } catch (NumberFormatException e) {
            return Optional.of(nonce());
        }
    }

    private static Rejected nonce() {
        return RequestAuthenticator.parameterTypeError("Nonce", "Nonce must be a whole number from 0 to 2^63 - 1");
    }

    @Override
    public boolean isValid(VerificationKey key, long timestamp) {
        var algorithm = algorithm();
        var secretKey = key.credentials().secretKey();
        return hosts.accepted().stream().anyMatch(host -> matchesSent(SignatureV1.signature(algorithm, secretKey,
                SignatureV1.stringToSign(request.method(), host, signed()))));
    }

    private String algorithm() {
        return SignatureV1.algorithm(form.values().get("SignatureMethod"));
    }

    private boolean matchesSent(String signature) {
        return Digests.constantTimeEquals(signature, sentSignature());
    }

    /** The Ruby SDK ends its Base64 with a line feed. */
    private String sentSignature() {
        return value("Signature").stripTrailing();
    }

    private SortedMap<String, String> signed() {
        var signed = new TreeMap<>(form.values());
        signed.remove("Signature");
        return signed;
    }

    @Override
    public String diagnosis(VerificationKey key, long timestamp) {
        var secretKey = key.credentials().secretKey();
        if (sentSignature().indexOf(' ') >= 0) {
            return "Signature was not URL-encoded: its plus signs arrived as spaces";
        }
        for (var mistake : hosts.likelyMistakes(request)) {
            if (matchesSent(SignatureV1.signature(algorithm(), secretKey,
                    SignatureV1.stringToSign(request.method(), mistake, signed())))) {
                return hosts.describeMismatch(mistake);
            }
        }
        for (var mistake : mistakes().entrySet()) {
            if (matchesSent(SignatureV1.signature(algorithm(), secretKey, mistake.getValue()))) {
                return mistake.getKey();
            }
        }
        var stringToSign = SignatureV1.stringToSign(request.method(), hosts.received(), signed());
        for (var algorithm : List.of(SignatureV1.SHA1, SignatureV1.SHA256)) {
            if (matchesSent(SignatureV1.signature(algorithm, secretKey, stringToSign))) {
                return "SignatureMethod differs: " + algorithm + " was used, the request says " + algorithm();
            }
        }
        return "no single known mistake explains the difference: the SecretKey is wrong, or a parameter or the host changed after"
                + " signing. Signed must be: " + request.method() + CanonicalRequest.redact(hosts.received()) + "/?"
                + String.join("=*&", signed().keySet().stream().map(SignatureV1Check::redactName).toList()) + "=*";
    }

    /** Redacts each name outside the protocol, which may hold personal data. */
    private static String redactName(String name) {
        return COMMON.contains(name) ? name : "*";
    }

    private Map<String, String> mistakes() {
        var host = hosts.received();
        var right = SignatureV1.stringToSign(request.method(), host, signed());
        var raw = request.isGet() ? request.query() : new String(request.body(), StandardCharsets.ISO_8859_1);
        var mistakes = new LinkedHashMap<String, String>();
        mistakes.put("the method differs: GET was signed, POST was sent", SignatureV1.stringToSign("GET", host, signed()));
        mistakes.put("the method differs: POST was signed, GET was sent", SignatureV1.stringToSign("POST", host, signed()));
        mistakes.put("the path is missing: `/` must be between host and `?`", right.replaceFirst("/\\?", "?"));
        mistakes.put("the question mark after the path is missing", right.replaceFirst("/\\?", "/"));
        mistakes.put("the host is missing", SignatureV1.stringToSign(request.method(), "", signed()));
        mistakes.put("the client signed URL-encoded values; it must sign the decoded values",
                request.method() + host + "/?" + sorted(raw));
        mistakes.put("the parameters were signed in the order of the request; they must be in ASCII order",
                request.method() + host + "/?" + withoutSignature(raw));
        var ignoringCase = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        ignoringCase.putAll(signed());
        mistakes.put("the parameters were sorted case-insensitively; they must be in ASCII order",
                SignatureV1.stringToSign(request.method(), host, ignoringCase));
        return mistakes;
    }

    private static String withoutSignature(String raw) {
        return String.join("&", pairs(raw));
    }

    private static String sorted(String raw) {
        return String.join("&", pairs(raw).stream().sorted().toList());
    }

    private static List<String> pairs(String raw) {
        return Arrays.stream(raw.split("&", -1)).filter(pair -> !pair.startsWith("Signature=")).toList();
    }

    @Override
    public Parameters parameters() throws FormParameters.MalformedFormException {
        return new Parameters.Form(form.nested(COMMON));
    }
}
