package io.cardverification.tencentcloud;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The error codes of Tencent Cloud: the common codes of its "Error Codes" page and the ten of {@code BankCardVerification}. The
 * messages are those seen on the wire, or the page's if no message is published.
 *
 * <p>
 * New codes go to the end, because the sandbox numbers its test cards by this order.
 */
public enum ErrorCode {

    ACTION_OFFLINE("ActionOffline", "This API has been deprecated."),
    AUTH_FAILURE("AuthFailure", "Authentication failed."),
    AUTH_FAILURE_INVALID_AUTHORIZATION("AuthFailure.InvalidAuthorization", "`Authorization` in the request header is invalid."),
    AUTH_FAILURE_INVALID_SECRET_ID("AuthFailure.InvalidSecretId", "Invalid key (not a TencentCloud API key type)."),
    AUTH_FAILURE_MFA_FAILURE("AuthFailure.MFAFailure", "MFA failed."),
    AUTH_FAILURE_SECRET_ID_NOT_FOUND("AuthFailure.SecretIdNotFound",
            "The SecretId is not found, please ensure that your SecretId is correct."),
    AUTH_FAILURE_SIGNATURE_EXPIRE("AuthFailure.SignatureExpire", "The signature is expired, please request again."),
    AUTH_FAILURE_SIGNATURE_FAILURE("AuthFailure.SignatureFailure",
            "The provided credentials could not be validated. Please check your signature is correct."),
    AUTH_FAILURE_TOKEN_FAILURE("AuthFailure.TokenFailure", "Token verification failed, please check if your Token is correct."),
    AUTH_FAILURE_UNAUTHORIZED_OPERATION("AuthFailure.UnauthorizedOperation",
            "The request is not authorized. For more information, see the CAM documentation."),
    DRY_RUN_OPERATION("DryRunOperation",
            "DryRun Operation. It means that the request would have succeeded, but the DryRun parameter was "
                    + "used."),
    FAILED_OPERATION("FailedOperation", "Operation failed."),
    FAILED_OPERATION_DECRYPT_SYSTEM_ERROR("FailedOperation.DecryptSystemError", "Decryption failed."),
    FAILED_OPERATION_STS_UNAUTH_ERROR("FailedOperation.StsUnAuthErrError", "STS unauthorized."),
    FAILED_OPERATION_UNKNOWN("FailedOperation.UnKnown", "Unknown internal error."),
    INTERNAL_ERROR("InternalError", "Internal error."),
    INVALID_ACTION("InvalidAction", "The request `Action` is invalid or not found."),
    INVALID_PARAMETER("InvalidParameter", "Invalid parameter."),
    INVALID_PARAMETER_UNSUPPORT_ENCRYPT_FIELD("InvalidParameter.UnsupportEncryptField",
            "Unencrypted fields exist. Refer to the documentation to modify."),
    INVALID_PARAMETER_VALUE("InvalidParameterValue", "Incorrect parameter value."),
    INVALID_REQUEST("InvalidRequest", "The multipart format of the request body is incorrect."),
    IP_IN_BLACKLIST("IpInBlacklist", "Your IP is in uin IP blacklist."),
    IP_NOT_IN_WHITELIST("IpNotInWhitelist", "Your IP is not in uin IP whitelist."),
    LIMIT_EXCEEDED("LimitExceeded", "Quota limit exceeded."),
    MISSING_PARAMETER("MissingParameter", "A parameter is missing."),
    NO_SUCH_PRODUCT("NoSuchProduct", "The product does not exist."),
    NO_SUCH_VERSION("NoSuchVersion", "The API version does not exist."),
    REQUEST_LIMIT_EXCEEDED("RequestLimitExceeded", "The number of requests exceeds the frequency limit."),
    REQUEST_LIMIT_EXCEEDED_GLOBAL_REGION_UIN_LIMIT_EXCEEDED("RequestLimitExceeded.GlobalRegionUinLimitExceeded",
            "Uin exceeds the frequency limit."),
    REQUEST_LIMIT_EXCEEDED_IP_LIMIT_EXCEEDED("RequestLimitExceeded.IPLimitExceeded",
            "The number of ip requests exceeds the frequency limit."),
    REQUEST_LIMIT_EXCEEDED_UIN_LIMIT_EXCEEDED("RequestLimitExceeded.UinLimitExceeded",
            "The number of uin requests exceeds the frequency limit."),
    REQUEST_SIZE_LIMIT_EXCEEDED("RequestSizeLimitExceeded", "The request size exceeds the upper limit."),
    RESOURCE_IN_USE("ResourceInUse", "Resource is in use."),
    RESOURCE_INSUFFICIENT("ResourceInsufficient", "Insufficient resource."),
    RESOURCE_NOT_FOUND("ResourceNotFound", "The resource does not exist."),
    RESOURCE_UNAVAILABLE("ResourceUnavailable", "Resource is unavailable."),
    RESPONSE_SIZE_LIMIT_EXCEEDED("ResponseSizeLimitExceeded", "The response size exceeds the upper limit."),
    SERVICE_UNAVAILABLE("ServiceUnavailable", "Service is unavailable now."),
    UNAUTHORIZED_OPERATION("UnauthorizedOperation", "Unauthorized operation."),
    UNAUTHORIZED_OPERATION_ARREARS("UnauthorizedOperation.Arrears", "The account is in arrears."),
    UNAUTHORIZED_OPERATION_CHARGE_STATUS_EXCEPTION("UnauthorizedOperation.ChargeStatusException",
            "The billing status is abnormal."),
    UNAUTHORIZED_OPERATION_NON_AUTHORIZE("UnauthorizedOperation.NonAuthorize",
            "Identity verification has not been completed for the account."),
    UNAUTHORIZED_OPERATION_NONACTIVATED("UnauthorizedOperation.Nonactivated", "The service has not been activated."),
    UNKNOWN_PARAMETER("UnknownParameter", "Unknown parameter."),
    UNSUPPORTED_OPERATION("UnsupportedOperation", "Unsupported operation."),
    UNSUPPORTED_PROTOCOL("UnsupportedProtocol", "HTTP(S) request protocol error; only GET and POST requests are supported."),
    UNSUPPORTED_REGION("UnsupportedRegion", "API does not support the requested region.");

    private static final Map<String, ErrorCode> BY_CODE = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(ErrorCode::code, Function.identity()));

    private final String code;
    private final String message;

    ErrorCode(String code, String message) {
        this.code = code;
        this.message = message;
    }

    /** Returns an empty optional for an undocumented code. */
    public static Optional<ErrorCode> of(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    /** Resolves an undocumented sub-code to the code before its last dot. */
    public static Optional<ErrorCode> closest(String code) {
        var known = BY_CODE.get(code);
        var dot = code.lastIndexOf('.');
        return known != null || dot < 0 ? Optional.ofNullable(known) : closest(code.substring(0, dot));
    }

    /** The code on the wire. */
    public String code() {
        return code;
    }

    /** The message for people; the documentation says "may change; do not depend on it". */
    public String message() {
        return message;
    }
}
