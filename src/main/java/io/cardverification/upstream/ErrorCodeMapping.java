package io.cardverification.upstream;

import java.util.Optional;
import java.util.regex.Pattern;

import io.cardverification.tencentcloud.ErrorCode;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;

/**
 * Maps the upstream's error codes to failures.
 *
 * <p>
 * {@code rest} maps each {@link Reason} to an HTTP status. The documented table of test cards shows both, and a test compares
 * it with this class.
 */
final class ErrorCodeMapping {

    private ErrorCodeMapping() {
    }

    /** Letters only, so that a code contains no number of a person. */
    private static final Pattern WORDS = Pattern.compile("[A-Za-z]{1,40}(\\.[A-Za-z]{1,40}){1,2}");

    /** Twice the longest documented code. */
    private static final int MAX_CODE_CHARS = 128;

    /** The code of another gateway of this kind for an unknown charge. */
    private static final String CHARGE_UNKNOWN = "InternalError.ChargeUnknown";

    /**
     * Passes on only documented codes and their sub-codes of letters. Any other text may contain personal data.
     */
    static VerificationFailure failure(String code, String requestId) {
        if (code.equals(CHARGE_UNKNOWN)) {
            return VerificationFailure.of(Reason.UPSTREAM_TIMEOUT);
        }
        var known = code.length() > MAX_CODE_CHARS ? Optional.<ErrorCode> empty() : ErrorCode.closest(code);
        var reason = known.map(ErrorCodeMapping::reason).orElse(Reason.UPSTREAM_FAILED);
        var shown = known.map(documented -> WORDS.matcher(code).matches() ? code : documented.code());
        return VerificationFailure.byUpstream(reason, shown.orElse(null), requestId);
    }

    private static Reason reason(ErrorCode code) {
        return switch (code) {
            // The values of the request.
            case INVALID_PARAMETER, INVALID_PARAMETER_VALUE, INVALID_PARAMETER_UNSUPPORT_ENCRYPT_FIELD,
                    FAILED_OPERATION_DECRYPT_SYSTEM_ERROR ->
                Reason.INPUT_REFUSED;
            // The rate limit.
            case REQUEST_LIMIT_EXCEEDED, REQUEST_LIMIT_EXCEEDED_GLOBAL_REGION_UIN_LIMIT_EXCEEDED,
                    REQUEST_LIMIT_EXCEEDED_IP_LIMIT_EXCEEDED, REQUEST_LIMIT_EXCEEDED_UIN_LIMIT_EXCEEDED ->
                Reason.LIMIT_EXCEEDED;
            // A failure of the upstream for one request.
            case FAILED_OPERATION, FAILED_OPERATION_UNKNOWN, INTERNAL_ERROR, RESPONSE_SIZE_LIMIT_EXCEEDED ->
                Reason.UPSTREAM_FAILED;
            // A temporary failure of the upstream.
            case RESOURCE_IN_USE, RESOURCE_INSUFFICIENT, RESOURCE_UNAVAILABLE, SERVICE_UNAVAILABLE ->
                Reason.UPSTREAM_UNAVAILABLE;
            // The gateway's keys, clock, address or rights.
            case AUTH_FAILURE, AUTH_FAILURE_INVALID_AUTHORIZATION, AUTH_FAILURE_INVALID_SECRET_ID,
                    AUTH_FAILURE_MFA_FAILURE, AUTH_FAILURE_SECRET_ID_NOT_FOUND, AUTH_FAILURE_SIGNATURE_EXPIRE,
                    AUTH_FAILURE_SIGNATURE_FAILURE, AUTH_FAILURE_TOKEN_FAILURE, AUTH_FAILURE_UNAUTHORIZED_OPERATION,
                    FAILED_OPERATION_STS_UNAUTH_ERROR, IP_IN_BLACKLIST, IP_NOT_IN_WHITELIST, UNAUTHORIZED_OPERATION ->
                Reason.CREDENTIALS_REFUSED;
            // The company's account.
            case LIMIT_EXCEEDED, UNAUTHORIZED_OPERATION_ARREARS, UNAUTHORIZED_OPERATION_CHARGE_STATUS_EXCEPTION,
                    UNAUTHORIZED_OPERATION_NON_AUTHORIZE, UNAUTHORIZED_OPERATION_NONACTIVATED ->
                Reason.ACCOUNT_REFUSED;
            // Errors that only a change of the gateway or of the API can cause.
            case ACTION_OFFLINE, DRY_RUN_OPERATION, INVALID_ACTION, INVALID_REQUEST, MISSING_PARAMETER, NO_SUCH_PRODUCT,
                    NO_SUCH_VERSION, REQUEST_SIZE_LIMIT_EXCEEDED, RESOURCE_NOT_FOUND, UNKNOWN_PARAMETER,
                    UNSUPPORTED_OPERATION, UNSUPPORTED_PROTOCOL, UNSUPPORTED_REGION ->
                Reason.PROTOCOL_REFUSED;
        };
    }
}
