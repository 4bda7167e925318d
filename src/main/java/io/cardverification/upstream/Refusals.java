package io.cardverification.upstream;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.cardverification.tencentcloud.ErrorCode;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;

/**
 * The one table of what the upstream's error codes mean for a caller.
 *
 * <p>
 * {@code rest} gives each {@link Reason} its HTTP status; the table of test cards shows both, and a test compares it with this
 * class.
 */
final class Refusals {

    private Refusals() {
    }

    /** Words of letters, so that no number of a person's is among them. */
    private static final Pattern WORDS = Pattern.compile("[A-Za-z]{1,40}(\\.[A-Za-z]{1,40}){1,2}");

    /** No documented code is half as long. */
    private static final int MAX_CODE_CHARS = 128;

    /** What another gateway of this kind says where it does not know whether it was charged. */
    private static final String CHARGE_UNKNOWN = "InternalError.ChargeUnknown";

    /**
     * Only documented codes are passed on, and sub-codes of theirs that are words: what else stands in their place may be
     * anything, even a person's data.
     */
    static VerificationFailure failure(String code, String requestId) {
        if (code.equals(CHARGE_UNKNOWN)) {
            return VerificationFailure.silent();
        }
        var known = code.length() > MAX_CODE_CHARS ? Optional.<ErrorCode> empty() : ErrorCode.closest(code);
        var reason = known.map(Refusals::reason).orElse(Reason.UPSTREAM_FAILED);
        var shown = known.map(documented -> WORDS.matcher(code).matches() ? code : documented.code());
        return VerificationFailure.refused(reason, shown.orElse(null), requestId, retryAfter(reason));
    }

    private static Reason reason(ErrorCode code) {
        return switch (code) {
            // What the caller said.
            case INVALID_PARAMETER, INVALID_PARAMETER_VALUE, INVALID_PARAMETER_UNSUPPORT_ENCRYPT_FIELD,
                    FAILED_OPERATION_DECRYPT_SYSTEM_ERROR ->
                Reason.INPUT_REFUSED;
            // Counted and refused at the upstream's door.
            case REQUEST_LIMIT_EXCEEDED, REQUEST_LIMIT_EXCEEDED_GLOBAL_REGION_UIN_LIMIT_EXCEEDED,
                    REQUEST_LIMIT_EXCEEDED_IP_LIMIT_EXCEEDED, REQUEST_LIMIT_EXCEEDED_UIN_LIMIT_EXCEEDED ->
                Reason.LIMIT_EXCEEDED;
            // Its own trouble, this time.
            case FAILED_OPERATION, FAILED_OPERATION_UNKNOWN, INTERNAL_ERROR, RESPONSE_SIZE_LIMIT_EXCEEDED ->
                Reason.UPSTREAM_FAILED;
            // Its own trouble, for a while.
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
            // What only a change of the gateway or of the API can bring about.
            case ACTION_OFFLINE, DRY_RUN_OPERATION, INVALID_ACTION, INVALID_REQUEST, MISSING_PARAMETER, NO_SUCH_PRODUCT,
                    NO_SUCH_VERSION, REQUEST_SIZE_LIMIT_EXCEEDED, RESOURCE_NOT_FOUND, UNKNOWN_PARAMETER,
                    UNSUPPORTED_OPERATION, UNSUPPORTED_PROTOCOL, UNSUPPORTED_REGION ->
                Reason.PROTOCOL_REFUSED;
        };
    }

    /** The limit's window is a second; five seconds for the rest are a guess, since the documentation names none. */
    private static @Nullable Duration retryAfter(Reason reason) {
        return switch (reason) {
            case LIMIT_EXCEEDED -> Duration.ofSeconds(1);
            case UPSTREAM_UNAVAILABLE -> Duration.ofSeconds(5);
            default -> null;
        };
    }
}
