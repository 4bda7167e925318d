package io.cardverification.tencentcloud;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Tells whether a request was signed with a known key, the way every official SDK signs.
 *
 * <p>
 * The SDKs differ in what they sign for {@code Host} (with or without port) and in the scope's service (the product, or the
 * endpoint's first label), so each documented form is tried. What is hashed is what was received: nothing is serialised,
 * sorted or encoded anew.
 *
 * <p>
 * Threads: any. Signatures are compared in constant time.
 */
public final class SignatureCheck {

    /** "Timestamp and server time cannot differ by more than five minutes", in either direction. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final String UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";
    private static final List<String> MANDATORY = List.of("content-type", "host");

    /** @param diagnosis what is wrong, for whoever has to mend it; without secrets and without personal values */
    public record Refusal(ErrorCode code, String diagnosis) {
    }

    private final String service;
    private final Set<String> knownHosts;
    private final Map<String, SigningKeys> signingKeys;

    /**
     * @param service of the credential scope; the first label of the signed host is accepted as well
     * @param knownHosts which a client may have signed although it sent another
     * @param credentials whose keys are accepted
     */
    public SignatureCheck(String service, Set<String> knownHosts, Collection<Credentials> credentials) {
        this.service = service;
        this.knownHosts = Set.copyOf(knownHosts);
        this.signingKeys = credentials.stream().collect(
                Collectors.toUnmodifiableMap(Credentials::secretId, known -> new SigningKeys(known.secretKey())));
    }

    /** @return empty where the signature is good */
    public Optional<Refusal> refusal(SignedRequest request, Instant now) {
        var authorization = request.header("authorization").flatMap(Authorization::parse);
        if (authorization.isEmpty()) {
            return refuse(ErrorCode.AUTH_FAILURE_INVALID_AUTHORIZATION, "Authorization is missing or not of the form"
                    + " `TC3-HMAC-SHA256 Credential=<SecretId>/<Date>/<service>/tc3_request, SignedHeaders=<..>,"
                    + " Signature=<64 lower-case hex digits>`");
        }
        var keys = signingKeys.get(authorization.get().secretId());
        if (keys == null) {
            return refuse(ErrorCode.AUTH_FAILURE_SECRET_ID_NOT_FOUND, "the SecretId in Credential is not known here");
        }
        return request.header("x-tc-timestamp").flatMap(SignatureCheck::seconds)
                .map(timestamp -> refusal(request, authorization.get(), timestamp, keys, now))
                .orElseGet(() -> refuse(ErrorCode.INVALID_PARAMETER, "X-TC-Timestamp must be whole UNIX seconds"));
    }

    private Optional<Refusal> refusal(SignedRequest request, Authorization authorization, long timestamp, SigningKeys keys,
            Instant now) {
        var skew = now.getEpochSecond() - timestamp;
        if (Math.abs(skew) > TOLERANCE.toSeconds()) {
            return refuse(ErrorCode.AUTH_FAILURE_SIGNATURE_EXPIRE, "X-TC-Timestamp is " + Math.abs(skew) + " s "
                    + (skew > 0 ? "behind" : "ahead of") + " the server's clock, more than " + TOLERANCE.toSeconds() + " s");
        }
        return malformed(request, authorization, timestamp)
                .or(() -> mismatch(request, authorization, timestamp, keys))
                .flatMap(diagnosis -> refuse(ErrorCode.AUTH_FAILURE_SIGNATURE_FAILURE, diagnosis));
    }

    private Optional<String> mismatch(SignedRequest request, Authorization authorization, long timestamp,
            SigningKeys keys) {
        var candidates = candidates(request, authorization);
        if (candidates.stream().anyMatch(good(authorization, timestamp, keys))) {
            return Optional.empty();
        }
        return Optional.of(
                SignatureDiagnosis.of(request, authorization, timestamp, keys.secretKey(), candidates.get(0)));
    }

    /** What no signature could make good. */
    private Optional<String> malformed(SignedRequest request, Authorization authorization, long timestamp) {
        var scope = authorization.scope();
        var names = authorization.signedHeaderNames();
        if (!scope.date().equals(CredentialScope.at(Instant.ofEpochSecond(timestamp), service).date())) {
            return Optional.of("Date in Credential is not the UTC date of X-TC-Timestamp");
        }
        if (!names.containsAll(MANDATORY)) {
            return Optional.of("SignedHeaders must hold content-type and host");
        }
        if (!names.equals(names.stream().sorted().distinct().toList())) {
            return Optional.of("SignedHeaders must be sorted, each name once");
        }
        var missing = names.stream().filter(name -> request.header(name).isEmpty()).findFirst();
        if (missing.isPresent()) {
            return Optional.of("SignedHeaders names a header that the request does not have, or not in lower case");
        }
        var firstLabels = hosts(request).stream().map(host -> host.split("\\.", 2)[0]).toList();
        if (!scope.service().equals(service) && !firstLabels.contains(scope.service())) {
            return Optional.of("service in Credential is neither " + service + " nor the first label of the host");
        }
        return Optional.empty();
    }

    private static Predicate<CanonicalRequest> good(Authorization authorization, long timestamp,
            SigningKeys keys) {
        var key = keys.of(authorization.scope());
        var claimed = authorization.signature().getBytes(StandardCharsets.US_ASCII);
        return candidate -> MessageDigest.isEqual(claimed,
                key.signature(new StringToSign(timestamp, authorization.scope(), candidate.hash()))
                        .getBytes(StandardCharsets.US_ASCII));
    }

    /** Every canonical request that a known client may have signed for what was received; the specification's first. */
    private List<CanonicalRequest> candidates(SignedRequest request, Authorization authorization) {
        var query = request.method().equals("GET") ? request.query() : "";
        var payload = request.header("x-tc-content-sha256").filter(UNSIGNED_PAYLOAD::equals).isPresent()
                ? Digests.sha256Hex(UNSIGNED_PAYLOAD)
                : Digests.sha256Hex(request.body());
        List<Function<String, String>> spellings = List.of(value -> value.strip().toLowerCase(Locale.ROOT), String::strip);
        return hosts(request).stream()
                .flatMap(host -> spellings.stream()
                        .map(spelling -> headers(request, authorization.signedHeaderNames(), host, spelling)))
                .distinct()
                .map(headers -> new CanonicalRequest(request.method(), query, headers, payload))
                .toList();
    }

    private static SortedMap<String, String> headers(SignedRequest request, List<String> names, String host,
            Function<String, String> spelling) {
        var headers = new TreeMap<String, String>();
        for (var name : names) {
            var value = name.equals("host") ? host : request.header(name).orElse("");
            headers.put(name, spelling.apply(value));
        }
        return headers;
    }

    private Set<String> hosts(SignedRequest request) {
        var hosts = new LinkedHashSet<String>();
        request.header("host").ifPresent(host -> {
            hosts.add(host);
            hosts.add(host.replaceFirst(":[0-9]+$", ""));
        });
        hosts.addAll(knownHosts);
        return hosts;
    }

    private static Optional<Long> seconds(String text) {
        return text.matches("[0-9]{1,12}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    private static Optional<Refusal> refuse(ErrorCode code, String diagnosis) {
        return Optional.of(new Refusal(code, diagnosis));
    }
}
