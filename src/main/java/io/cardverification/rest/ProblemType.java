package io.cardverification.rest;

import java.net.URI;

import io.cardverification.label.KebabCase;
import io.cardverification.verification.Charge;
import io.cardverification.verification.VerificationFailure.Reason;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** The problems of the REST API: type, status, title and remedy. */
enum ProblemType {

    MALFORMED_JSON(400, "The body is not valid JSON", "Send one JSON object in UTF-8."),
    INVALID_HTTP_REQUEST(400, "The HTTP request is invalid",
            "Send HTTP/1.1 or HTTP/2 with exactly one host. Over HTTP/1.0, send Content-Length."),
    INVALID_REQUEST(400, "A member of the body is missing, unknown or invalid", "Correct the members that errors lists."),
    UNAUTHENTICATED(401, "The API key is missing or unknown",
            "Send Authorization: Bearer with the API key that the operator of the gateway issued."),
    LANE_NOT_ALLOWED(403, "The caller may not use the lane that Priority selects",
            "Omit Priority; the gateway then uses a lane that the caller may use."),
    NOT_FOUND(404, "No resource exists at this path", "Send verifications to POST /v1/verifications."),
    METHOD_NOT_ALLOWED(405, "The path does not support this method", "Use a method that the Allow header lists."),
    NOT_ACCEPTABLE(406, "The response is not available in an accepted media type", "Accept application/json."),
    BODY_TOO_LARGE(413, "The body is too large", "Send at most 64 KiB."),
    UNSUPPORTED_MEDIA_TYPE(415, "The media type of the body is not supported",
            "Send one Content-Type: application/json, in UTF-8."),
    PARTIAL_ENCRYPTION(422, "The values are not all encrypted, or a ciphertext is incomplete",
            "Encrypt all three values or none: the gateway sends no plain value next to encrypted ones."),
    INPUT_REFUSED(422, "The upstream rejected the values", "Correct the values; upstreamCode gives the reason."),
    IDEMPOTENCY_KEY_MISSING(400, "The Idempotency-Key header is missing", "Send a new Idempotency-Key with each new request."),
    IDEMPOTENCY_KEY_INVALID(400, "The Idempotency-Key header is malformed",
            "Send one Idempotency-Key of 1 to 255 visible ASCII characters, in quotation marks."),
    IDEMPOTENCY_KEY_REUSED(422, "The Idempotency-Key belongs to a different request",
            "Send a new Idempotency-Key with each new request. Nothing was sent to the upstream."),
    IDEMPOTENCY_STORE_FULL(503, "The gateway cannot store more idempotency keys", Remedies.RETRY_UNSENT),
    CONCURRENCY_LIMIT_EXCEEDED(429, "The caller has reached its limit of concurrent requests", Remedies.RETRY_UNSENT),
    DAILY_LIMIT_EXCEEDED(429, "The caller has reached its daily limit of charges", Remedies.RETRY_UNSENT),
    QUEUE_FULL(503, "The queue is full", Remedies.RETRY_UNSENT),
    CIRCUIT_OPEN(503, "The circuit breaker is open because the upstream fails", Remedies.RETRY_UNSENT),
    LEDGER_UNAVAILABLE(503, "The gateway cannot write its ledger", Remedies.RETRY_UNSENT),
    STORE_UNAVAILABLE(503, "The gateway cannot write its store", Remedies.RETRY_UNSENT),
    SHUTTING_DOWN(503, "The gateway is shutting down", Remedies.RETRY_UNSENT),
    UPSTREAM_UNREACHABLE(502, "The gateway cannot connect to the upstream",
            "Send the request again later. The last attempt was not sent, and nothing was charged."),
    UPSTREAM_TIMEOUT(504, "The gateway received no usable response from the upstream", Remedies.MAY_BE_CHARGED),
    UPSTREAM_INVALID_RESPONSE(502, "The upstream returned an invalid response", Remedies.MAY_BE_CHARGED),
    INTERRUPTED(502, "The gateway ended before the response of the upstream", Remedies.MAY_BE_CHARGED),
    LIMIT_EXCEEDED(503, "The rate limit of the upstream rejects requests", Remedies.RETRY_UNCHARGED),
    UPSTREAM_FAILED(502, "The upstream failed", "Send the request again. Nothing was charged."),
    UPSTREAM_UNAVAILABLE(503, "The upstream is unavailable", Remedies.RETRY_UNCHARGED),
    CREDENTIALS_REFUSED(502, "The upstream rejected the gateway's credentials",
            "The operator of the gateway must check its keys, rights and clock; upstreamCode gives the reason."),
    ACCOUNT_REFUSED(502, "The upstream rejected the gateway's account",
            "The owner of the account must act at Tencent Cloud; upstreamCode gives the reason."),
    PROTOCOL_REFUSED(502, "The upstream does not accept the gateway's request",
            "The developers of the gateway must act; upstreamCode gives the reason."),
    UNKNOWN_TRANSFER_CODING(501, "The transfer coding is not supported", "Send the body with Content-Length or in chunks."),
    UNSUPPORTED_HTTP_VERSION(505, "The HTTP version is not supported", "Send HTTP/1.1 or HTTP/2."),
    INTERNAL_ERROR(500, "The gateway had an internal error",
            "The request may have been sent and charged. Check that before you send it again, and report the"
                    + " Gateway-Request-Id to the operator of the gateway.");

    /** A nested type, since enum constants cannot refer to constants that are declared after them. */
    private interface Remedies {

        String RETRY_UNSENT = "Send the request again after Retry-After. Nothing was sent to the upstream.";
        String RETRY_UNCHARGED = "Send the request again after Retry-After. Nothing was charged.";
        String MAY_BE_CHARGED = "The request was sent and may have been charged. A second request may be charged too. Send it,"
                + " with a new Idempotency-Key, only if an answer is worth that; otherwise look up the charge on the bill.";
    }

    private final int status;
    private final String title;
    private final String remedy;

    ProblemType(int status, String title, String remedy) {
        this.status = status;
        this.title = title;
        this.remedy = remedy;
    }

    /** The problem of a failed verification has the name of its reason. */
    static ProblemType of(Reason reason) {
        return valueOf(reason.name());
    }

    /** A stable identifier for programs. */
    URI uri() {
        return URI.create("urn:problem:card-verification:" + label());
    }

    /** The last part of {@link #uri}. */
    String label() {
        return KebabCase.of(this);
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    String remedy() {
        return remedy;
    }

    /** Writes the document from a handler outside Quarkus REST, and ends the response. */
    void send(HttpServerResponse response) {
        response.setStatusCode(status).putHeader("Content-Type", OpenApiContractFilter.PROBLEM_JSON)
                .end(new JsonObject(problem().members()).toBuffer());
    }

    Problem problem() {
        return problem(remedy);
    }

    /** @param detail must not repeat any part of the request */
    Problem problem(String detail) {
        return new Problem(uri().toString(), status, title).with("detail", detail).with("charged", false);
    }

    /** The problem with a charge that may be unknown. */
    Problem problem(Charge charge) {
        return problem().with("charged", VerificationResponse.chargedValue(charge));
    }
}
