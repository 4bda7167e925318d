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

import io.cardverification.tencentcloud.Receipt.Parameters;
import io.cardverification.tencentcloud.Receipt.Refusal;

/** A request as signature version 1 has it: everything in the query of a GET, or in the form of a POST. */
final class SignedV1 implements Signed {

    private static final Set<String> COMMON = Set.of("Action", "Version", "Timestamp", "Nonce", "SecretId", "Signature",
            "SignatureMethod", "Region", "Token", "Language", "RequestClient");
    private static final List<String> REQUIRED = List.of("Action", "Nonce", "Signature", "Timestamp", "Version");

    private final SignedRequest request;
    private final Form form;
    private final Hosts hosts;

    private SignedV1(SignedRequest request, Form form, Hosts hosts) {
        this.request = request;
        this.form = form;
        this.hosts = hosts;
    }

    static SignedV1 of(SignedRequest request) throws Form.Malformed {
        var text = request.isGet() ? request.query() : new String(request.body(), StandardCharsets.ISO_8859_1);
        return new SignedV1(request, Form.parse(text), Hosts.of(request));
    }

    @Override
    public Optional<String> missing() {
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

    /** Absent, it is not found: Tencent Cloud does not call it missing. */
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

    /** The SDKs' random numbers reach from 16 bits to 63. */
    @Override
    public Optional<Refusal> illegible() {
        try {
            return Long.parseLong(value("Nonce")) >= 0 ? Optional.empty() : Optional.of(nonce());
        } catch (NumberFormatException e) {
            return Optional.of(nonce());
        }
    }

    private static Refusal nonce() {
        return Reception.typeError("Nonce", "Nonce must be a whole number from 0 to 2^63 - 1");
    }

    @Override
    public boolean isGood(KnownKey key, long timestamp) {
        var algorithm = algorithm();
        var secretKey = key.credentials().secretKey();
        return hosts.accepted().stream().anyMatch(host -> isClaimed(SignatureV1.signature(algorithm, secretKey,
                SignatureV1.stringToSign(request.method(), host, signed()))));
    }

    private String algorithm() {
        return SignatureV1.algorithm(form.values().get("SignatureMethod"));
    }

    private boolean isClaimed(String signature) {
        return Digests.equal(signature, claimed());
    }

    /** The Ruby SDK's Base64 has a line feed at its end. */
    private String claimed() {
        return value("Signature").stripTrailing();
    }

    private SortedMap<String, String> signed() {
        var signed = new TreeMap<>(form.values());
        signed.remove("Signature");
        return signed;
    }

    @Override
    public String diagnosis(KnownKey key, long timestamp) {
        var secretKey = key.credentials().secretKey();
        if (claimed().indexOf(' ') >= 0) {
            return "Signature was not URL-encoded: its plus signs arrived as spaces";
        }
        for (var mistake : hosts.mistakes(request)) {
            if (isClaimed(SignatureV1.signature(algorithm(), secretKey,
                    SignatureV1.stringToSign(request.method(), mistake, signed())))) {
                return hosts.differs(mistake);
            }
        }
        for (var slip : slips().entrySet()) {
            if (isClaimed(SignatureV1.signature(algorithm(), secretKey, slip.getValue()))) {
                return slip.getKey();
            }
        }
        var stringToSign = SignatureV1.stringToSign(request.method(), hosts.received(), signed());
        for (var algorithm : List.of(SignatureV1.SHA1, SignatureV1.SHA256)) {
            if (isClaimed(SignatureV1.signature(algorithm, secretKey, stringToSign))) {
                return "SignatureMethod differs: " + algorithm + " was used, the request says " + algorithm();
            }
        }
        return "no single known slip explains it: the SecretKey is another one, or a parameter or the host changed after"
                + " signing. Signed must be: " + request.method() + CanonicalRequest.harmless(hosts.received()) + "/?"
                + String.join("=*&", signed().keySet().stream().map(SignedV1::shown).toList()) + "=*";
    }

    /** A name that is not the protocol's may be anything, even a person's. */
    private static String shown(String name) {
        return COMMON.contains(name) ? name : "*";
    }

    private Map<String, String> slips() {
        var host = hosts.received();
        var right = SignatureV1.stringToSign(request.method(), host, signed());
        var raw = request.isGet() ? request.query() : new String(request.body(), StandardCharsets.ISO_8859_1);
        var slips = new LinkedHashMap<String, String>();
        slips.put("the method differs: GET was signed, POST was sent", SignatureV1.stringToSign("GET", host, signed()));
        slips.put("the method differs: POST was signed, GET was sent", SignatureV1.stringToSign("POST", host, signed()));
        slips.put("the path is missing: `/` must stand between host and `?`", right.replaceFirst("/\\?", "?"));
        slips.put("the question mark is missing behind the path", right.replaceFirst("/\\?", "/"));
        slips.put("the host is missing", SignatureV1.stringToSign(request.method(), "", signed()));
        slips.put("the values were signed as they are URL-encoded; they must be signed decoded",
                request.method() + host + "/?" + sorted(raw));
        slips.put("the parameters were signed in the order of the request; they must be in ASCII order",
                request.method() + host + "/?" + withoutSignature(raw));
        var ignoringCase = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        ignoringCase.putAll(signed());
        slips.put("the parameters were sorted without regard to case; they must be in ASCII order",
                SignatureV1.stringToSign(request.method(), host, ignoringCase));
        return slips;
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
    public Parameters parameters() throws Form.Malformed {
        return new Parameters.Form(form.nested(COMMON));
    }
}
