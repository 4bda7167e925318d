package io.cardverification.tencentcloud;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.cardverification.tencentcloud.AuthenticationResult.Accepted;
import io.cardverification.tencentcloud.AuthenticationResult.Rejected;

/**
 * Checks requests for one action in the order of Tencent Cloud: method, size, common parameters, action and version, key, time,
 * signature, token.
 *
 * <p>
 * The order is undocumented. It is the order that makes the documented codes distinguishable. Accepts all signatures that an
 * official SDK makes, whatever address it uses.
 *
 * <p>
 * Threads: any.
 */
public final class RequestAuthenticator {

    /** "Timestamp and server time cannot differ by more than five minutes", in either direction. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    /** The form of the API's parameter names. */
    private static final Pattern PARAMETER_NAME = Pattern.compile("[A-Z][A-Za-z]{1,31}");

    /** Enough until the year 33658; more digits could overflow. */
    private static final int MAX_SECONDS_DIGITS = 12;

    /** Other actions of the product. A request for one of these is not a spelling mistake. */
    private static final Set<String> UNSUPPORTED_ACTIONS = Set.of("BankCard2EVerification", "BankCard4EVerification",
            "CheckBankCardInformation", "CheckIdCardInformation", "CheckIdNameDate", "CompareFaceLiveness",
            "DetectAIFakeFaces", "GetNFCToken", "GetWxNFCResult", "IdCardOCRVerification", "IdCardVerification",
            "ImageRecognition", "ImageRecognitionV2", "LivenessCompare", "MobileNetworkTimeVerification", "MobileStatus",
            "PhoneVerification");

    private final Action action;
    private final Map<String, VerificationKey> keys;

    /** @param credentials the key pairs whose signatures are valid here */
    public RequestAuthenticator(Action action, Collection<Credentials> credentials) {
        this.action = action;
        this.keys = credentials.stream().collect(Collectors.toUnmodifiableMap(Credentials::secretId, VerificationKey::of));
    }

    /**
     * Checks the head of a request before its body is read, so that an unauthenticated caller cannot make the server buffer
     * megabytes.
     *
     * @param head the request without its body
     * @param announcedBytes the length of the body, 0 if unknown
     * @return empty if the server must read the body, up to {@link ReceivedRequest#maxBodyBytes}
     */
    public Optional<Rejected> checkHead(ReceivedRequest head, long announcedBytes, Instant now) {
        var rejection = checkSize(head, announcedBytes);
        if (rejection.isPresent() || !head.usesSignatureV3()) {
            return rejection;
        }
        return checkHeaders(new SignatureV3Check(head, action.service()), now);
    }

    /** Authenticates a complete request. Never throws. */
    public AuthenticationResult authenticate(ReceivedRequest request, Instant now) {
        var wrongSize = checkSize(request, request.body().length);
        if (wrongSize.isPresent()) {
            return wrongSize.get();
        }
        try {
            SignatureCheck check = request.usesSignatureV3() ? new SignatureV3Check(request, action.service())
                    : SignatureV1Check.of(request);
            var rejection = checkHeaders(check, now).or(() -> checkSignature(check));
            return rejection.isPresent() ? rejection.get() : new Accepted(check.secretId(), check.parameters());
        } catch (FormParameters.MalformedFormException e) {
            return new Rejected(ErrorCode.INVALID_PARAMETER, String.valueOf(e.getMessage()), e::getMessage);
        }
    }

    private static Optional<Rejected> checkSize(ReceivedRequest request, long bodyBytes) {
        if (!request.isGet() && !request.method().equals("POST")) {
            return reject(ErrorCode.UNSUPPORTED_PROTOCOL, "the method must be GET or POST");
        }
        if (request.hasTooLongTarget()) {
            return reject(ErrorCode.REQUEST_SIZE_LIMIT_EXCEEDED, "the address of a GET is longer than 32 KB");
        }
        return bodyBytes > request.maxBodyBytes() ? Optional.of(tooLarge(request)) : Optional.empty();
    }

    /** The rejection of a body that is larger than its signature version allows. */
    public static Rejected tooLarge(ReceivedRequest request) {
        return Rejected.of(ErrorCode.REQUEST_SIZE_LIMIT_EXCEEDED, request.usesSignatureV3()
                ? "the body is larger than 10 MB"
                : "the body of a form with signature version 1 is larger than 1 MB");
    }

    private Optional<Rejected> checkHeaders(SignatureCheck check, Instant now) {
        var missing = check.missingParameter();
        if (missing.isPresent()) {
            return missing.map(RequestAuthenticator::missingParameter);
        }
        if (!action.name().equals(check.action())) {
            return Optional.of(new Rejected(ErrorCode.INVALID_ACTION, ErrorCode.INVALID_ACTION.message()
                    + (UNSUPPORTED_ACTIONS.contains(check.action()) ? " Only `" + action.name() + "` is served here." : ""),
                    () -> "Action is not " + action.name()));
        }
        if (!action.version().equals(check.version())) {
            return reject(ErrorCode.NO_SUCH_VERSION, "Version is not " + action.version());
        }
        var malformed = check.malformedAuthorization();
        if (malformed.isPresent()) {
            return malformed;
        }
        if (!keys.containsKey(check.secretId())) {
            return reject(ErrorCode.AUTH_FAILURE_SECRET_ID_NOT_FOUND, "the SecretId is unknown");
        }
        return checkTimestamp(check.timestamp(), now);
    }

    private static Optional<Rejected> checkTimestamp(String timestamp, Instant now) {
        if (!isSeconds(timestamp)) {
            return Optional.of(parameterTypeError("Timestamp", "Timestamp must be whole UNIX seconds"));
        }
        var skew = now.getEpochSecond() - Long.parseLong(timestamp);
        return Math.abs(skew) <= TOLERANCE.toSeconds() ? Optional.empty()
                : reject(ErrorCode.AUTH_FAILURE_SIGNATURE_EXPIRE, "Timestamp is " + Math.abs(skew) + " s "
                        + (skew > 0 ? "behind" : "ahead of") + " the server's clock, more than "
                        + TOLERANCE.toSeconds() + " s");
    }

    private Optional<Rejected> checkSignature(SignatureCheck check) {
        var key = keys.get(check.secretId());
        var timestamp = Long.parseLong(check.timestamp());
        if (key == null || !check.isValid(key, timestamp)) {
            return Optional.of(new Rejected(ErrorCode.AUTH_FAILURE_SIGNATURE_FAILURE,
                    ErrorCode.AUTH_FAILURE_SIGNATURE_FAILURE.message(),
                    () -> key == null ? "" : check.diagnosis(key, timestamp)));
        }
        var known = key.credentials().token();
        var token = check.token();
        return (known == null && token.isEmpty()) || Digests.constantTimeEquals(known == null ? "" : known, token.orElse(""))
                ? Optional.empty()
                : reject(ErrorCode.AUTH_FAILURE_TOKEN_FAILURE, "Token is not valid for this SecretId");
    }

    private static boolean isSeconds(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= MAX_SECONDS_DIGITS;
    }

    /** The rejection of a missing parameter, in Tencent Cloud's words. */
    public static Rejected missingParameter(String parameter) {
        return new Rejected(ErrorCode.MISSING_PARAMETER,
                String.format(Locale.ROOT, "The request is missing a required parameter `%s`.", parameter),
                () -> parameter + " is missing");
    }

    /**
     * The rejection of an unknown parameter, in Tencent Cloud's words. Omits a name of another form, which may hold personal
     * data.
     */
    public static Rejected unknownParameter(String prefix, String name) {
        return new Rejected(ErrorCode.UNKNOWN_PARAMETER,
                PARAMETER_NAME.matcher(name).matches() ? "The parameter `" + prefix + name + "` is not recognized."
                        : "A parameter is not recognized.",
                () -> "a parameter is not recognized");
    }

    /** The rejection of a value of the wrong type, in Tencent Cloud's words. */
    public static Rejected parameterTypeError(String parameter) {
        return parameterTypeError(parameter, parameter + " is of another type");
    }

    static Rejected parameterTypeError(String parameter, String diagnosis) {
        return new Rejected(ErrorCode.INVALID_PARAMETER,
                String.format(Locale.ROOT, "Parameter `%s` type error.", parameter), () -> diagnosis);
    }

    private static Optional<Rejected> reject(ErrorCode code, String diagnosis) {
        return Optional.of(Rejected.of(code, diagnosis));
    }
}
