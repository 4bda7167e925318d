package io.cardverification.cloudapi;

import java.util.Locale;

import io.cardverification.tencentcloud.ErrorCode;
import io.cardverification.verification.RateLimitStatus;
import io.cardverification.verification.VerificationFailure;

/** Maps failures to error codes and messages of the Tencent Cloud API. */
final class ApiErrorMapper {

    /**
     * A sub-code in Tencent Cloud's format. It is not a code of Tencent Cloud, so a client cannot confuse it with an uncharged
     * failure.
     */
    static final String CHARGE_UNKNOWN = "InternalError.ChargeUnknown";

    private final RateLimitStatus rateLimit;

    ApiErrorMapper(RateLimitStatus rateLimit) {
        this.rateLimit = rateLimit;
    }

    Envelope envelope(VerificationFailure failure) {
        return failure.upstreamCode().map(code -> upstreamError(code, failure)).orElseGet(() -> gatewayError(failure))
                .withFailure(failure);
    }

    private Envelope upstreamError(String code, VerificationFailure failure) {
        var message = ErrorCode.closest(code).map(ErrorCode::message).orElse("");
        return Envelope.error(code, switch (failure.reason()) {
            case LIMIT_EXCEEDED -> limitExceededMessage();
            case CREDENTIALS_REFUSED, ACCOUNT_REFUSED, PROTOCOL_REFUSED ->
                "The upstream rejected the gateway, not its caller: " + message;
            default -> message;
        });
    }

    private Envelope gatewayError(VerificationFailure failure) {
        return switch (failure.reason()) {
            case QUEUE_FULL, CONCURRENCY_LIMIT_EXCEEDED, LIMIT_EXCEEDED ->
                Envelope.error(ErrorCode.REQUEST_LIMIT_EXCEEDED.code(), limitExceededMessage());
            case UPSTREAM_TIMEOUT, UPSTREAM_INVALID_RESPONSE, INTERRUPTED -> Envelope.error(CHARGE_UNKNOWN,
                    "The request was sent without a usable answer and may have been charged. Check that before you send it again: a"
                            + " second request may be charged too.");
            case DAILY_LIMIT_EXCEEDED -> Envelope.error(ErrorCode.LIMIT_EXCEEDED.code(),
                    "The caller has reached its daily limit of charges. Nothing was sent: please try again after midnight in China.");
            case SHUTTING_DOWN -> Envelope.error(ErrorCode.REQUEST_LIMIT_EXCEEDED.code(),
                    "The gateway is shutting down. Nothing was sent: please try again in a few seconds.");
            case UPSTREAM_UNREACHABLE, UPSTREAM_UNAVAILABLE, CIRCUIT_OPEN, LEDGER_UNAVAILABLE, STORE_UNAVAILABLE ->
                Envelope.error(ErrorCode.SERVICE_UNAVAILABLE);
            case PARTIAL_ENCRYPTION -> Envelope.error(ErrorCode.INVALID_PARAMETER_UNSUPPORT_ENCRYPT_FIELD.code(),
                    "`EncryptList` must hold all of `IdCard`, `Name` and `BankCard`, or nothing: the gateway sends no plain"
                            + " value next to encrypted ones.");
            case INPUT_REFUSED -> Envelope.error(ErrorCode.INVALID_PARAMETER_VALUE);
            // The last three cannot occur: the SDK API has no idempotency keys, and a disconnected caller gets no response.
            case UPSTREAM_FAILED, CREDENTIALS_REFUSED, ACCOUNT_REFUSED, PROTOCOL_REFUSED, IDEMPOTENCY_KEY_REUSED,
                    IDEMPOTENCY_STORE_FULL, CALLER_DISCONNECTED ->
                Envelope.error(ErrorCode.FAILED_OPERATION_UNKNOWN);
        };
    }

    /** Tencent Cloud's message. Some clients parse its two numbers, so the first is the limit plus one. */
    private String limitExceededMessage() {
        var limit = rateLimit.snapshot().limit();
        return String.format(Locale.ROOT, "Your current request times equals to `%d` in a second, which exceeds the frequency"
                + " limit `%d` for a second. Please reduce the frequency of calls.", limit + 1, limit);
    }
}
