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

import io.cardverification.tencentcloud.Receipt.Call;
import io.cardverification.tencentcloud.Receipt.Refusal;

/**
 * Receives a request for one action as Tencent Cloud's own door does: method, size, common parameters, action and version,
 * key, time, signature, token, in this order.
 *
 * <p>
 * The order is not documented; it is the one that lets the documented codes be told apart. Accepts what every official SDK
 * signs, for whatever address it was given.
 *
 * <p>
 * Threads: any.
 */
public final class Reception {

    /** "Timestamp and server time cannot differ by more than five minutes", in either direction. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    /** How the API names parameters. */
    private static final Pattern PARAMETER_NAME = Pattern.compile("[A-Z][A-Za-z]{1,31}");

    /** Until the year 33658; more would not fit. */
    private static final int MAX_SECONDS_DIGITS = 12;

    /** Other actions of the product. A request for one of these is no misspelling. */
    private static final Set<String> UNSERVED = Set.of("BankCard2EVerification", "BankCard4EVerification",
            "CheckBankCardInformation", "CheckIdCardInformation", "CheckIdNameDate", "CompareFaceLiveness",
            "DetectAIFakeFaces", "GetNFCToken", "GetWxNFCResult", "IdCardOCRVerification", "IdCardVerification",
            "ImageRecognition", "ImageRecognitionV2", "LivenessCompare", "MobileNetworkTimeVerification", "MobileStatus",
            "PhoneVerification");

    private final Action action;
    private final Map<String, KnownKey> keys;

    /** @param credentials whose signatures are good here */
    public Reception(Action action, Collection<Credentials> credentials) {
        this.action = action;
        this.keys = credentials.stream().collect(Collectors.toUnmodifiableMap(Credentials::secretId, KnownKey::of));
    }

    /**
     * What the head of a request decides, before its body is read: nobody unknown makes a door hold megabytes.
     *
     * @param head the request without its body
     * @param announcedBytes the length of the body, 0 where it is not known
     * @return empty where the body has to be read, up to {@link SignedRequest#maxBodyBytes}
     */
    public Optional<Refusal> refusal(SignedRequest head, long announcedBytes, Instant now) {
        var unfit = unfit(head, announcedBytes);
        if (unfit.isPresent() || !head.claimsV3()) {
            return unfit;
        }
        return untimely(new SignedV3(head, action.service()), now);
    }

    /** Refuses, or takes the call. Never throws. */
    public Receipt receive(SignedRequest request, Instant now) {
        var unfit = unfit(request, request.body().length);
        if (unfit.isPresent()) {
            return unfit.get();
        }
        try {
            Signed signed = request.claimsV3() ? new SignedV3(request, action.service())
                    : SignedV1.of(request);
            var refusal = untimely(signed, now).or(() -> unauthentic(signed));
            return refusal.isPresent() ? refusal.get() : new Call(signed.secretId(), signed.parameters());
        } catch (Form.Malformed e) {
            return new Refusal(ErrorCode.INVALID_PARAMETER, String.valueOf(e.getMessage()), e::getMessage);
        }
    }

    private static Optional<Refusal> unfit(SignedRequest request, long bodyBytes) {
        if (!request.isGet() && !request.method().equals("POST")) {
            return refuse(ErrorCode.UNSUPPORTED_PROTOCOL, "only GET and POST are spoken");
        }
        if (request.hasTooLongAddress()) {
            return refuse(ErrorCode.REQUEST_SIZE_LIMIT_EXCEEDED, "the address of a GET is longer than 32 KB");
        }
        return bodyBytes > request.maxBodyBytes() ? Optional.of(tooLarge(request)) : Optional.empty();
    }

    /** Its body is larger than its signature's version allows. */
    public static Refusal tooLarge(SignedRequest request) {
        return Refusal.of(ErrorCode.REQUEST_SIZE_LIMIT_EXCEEDED, request.claimsV3()
                ? "the body is larger than 10 MB"
                : "the body is larger than 1 MB, as a form with signature version 1 may be");
    }

    private Optional<Refusal> untimely(Signed signed, Instant now) {
        var missing = signed.missing();
        if (missing.isPresent()) {
            return missing.map(Reception::missing);
        }
        if (!action.name().equals(signed.action())) {
            return Optional.of(new Refusal(ErrorCode.INVALID_ACTION, ErrorCode.INVALID_ACTION.message()
                    + (UNSERVED.contains(signed.action()) ? " Only `" + action.name() + "` is served here." : ""),
                    () -> "Action is not " + action.name()));
        }
        if (!action.version().equals(signed.version())) {
            return refuse(ErrorCode.NO_SUCH_VERSION, "Version is not " + action.version());
        }
        var illegible = signed.illegible();
        if (illegible.isPresent()) {
            return illegible;
        }
        if (!keys.containsKey(signed.secretId())) {
            return refuse(ErrorCode.AUTH_FAILURE_SECRET_ID_NOT_FOUND, "the SecretId is not known here");
        }
        return expired(signed.timestamp(), now);
    }

    private static Optional<Refusal> expired(String timestamp, Instant now) {
        if (!isSeconds(timestamp)) {
            return Optional.of(typeError("Timestamp", "Timestamp must be whole UNIX seconds"));
        }
        var skew = now.getEpochSecond() - Long.parseLong(timestamp);
        return Math.abs(skew) <= TOLERANCE.toSeconds() ? Optional.empty()
                : refuse(ErrorCode.AUTH_FAILURE_SIGNATURE_EXPIRE, "Timestamp is " + Math.abs(skew) + " s "
                        + (skew > 0 ? "behind" : "ahead of") + " the server's clock, more than "
                        + TOLERANCE.toSeconds() + " s");
    }

    private Optional<Refusal> unauthentic(Signed signed) {
        var key = keys.get(signed.secretId());
        var timestamp = Long.parseLong(signed.timestamp());
        if (key == null || !signed.isGood(key, timestamp)) {
            return Optional.of(new Refusal(ErrorCode.AUTH_FAILURE_SIGNATURE_FAILURE,
                    ErrorCode.AUTH_FAILURE_SIGNATURE_FAILURE.message(),
                    () -> key == null ? "" : signed.diagnosis(key, timestamp)));
        }
        var known = key.credentials().token();
        var token = signed.token();
        return (known == null && token.isEmpty()) || Digests.equal(known == null ? "" : known, token.orElse(""))
                ? Optional.empty()
                : refuse(ErrorCode.AUTH_FAILURE_TOKEN_FAILURE, "Token is not the one of this SecretId, or it has none");
    }

    private static boolean isSeconds(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= MAX_SECONDS_DIGITS;
    }

    /** In Tencent Cloud's words. */
    public static Refusal missing(String parameter) {
        return new Refusal(ErrorCode.MISSING_PARAMETER,
                String.format(Locale.ROOT, "The request is missing a required parameter `%s`.", parameter),
                () -> parameter + " is missing");
    }

    /** In Tencent Cloud's words, unless the name looks like none: then it may be anything, even a person's data. */
    public static Refusal unknown(String prefix, String name) {
        return new Refusal(ErrorCode.UNKNOWN_PARAMETER,
                PARAMETER_NAME.matcher(name).matches() ? "The parameter `" + prefix + name + "` is not recognized."
                        : "A parameter is not recognized.",
                () -> "a parameter is not recognized");
    }

    /** In Tencent Cloud's words. */
    public static Refusal typeError(String parameter) {
        return typeError(parameter, parameter + " is of another type");
    }

    static Refusal typeError(String parameter, String diagnosis) {
        return new Refusal(ErrorCode.INVALID_PARAMETER,
                String.format(Locale.ROOT, "Parameter `%s` type error.", parameter), () -> diagnosis);
    }

    private static Optional<Refusal> refuse(ErrorCode code, String diagnosis) {
        return Optional.of(Refusal.of(code, diagnosis));
    }
}
