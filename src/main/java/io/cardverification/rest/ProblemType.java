package io.cardverification.rest;

import java.net.URI;
import java.util.Locale;

import io.cardverification.verification.Charge;
import io.cardverification.verification.VerificationFailure.Reason;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** The problems of the REST API: type, status, title and remedy. */
enum ProblemType {

    MALFORMED_JSON(400, "The body is not JSON", "Send one JSON object, in UTF-8."),
    INVALID_HTTP_REQUEST(400, "The request does not say where it goes", "Send HTTP/1.1 or HTTP/2 with one host; HTTP/1.0 has no"
            + " chunks."),
    INVALID_REQUEST(400, "A member is missing, unknown or breaks its rule", "Correct the members that errors points at."),
    UNAUTHENTICATED(401, "The API key is missing or not known", "Send Authorization: Bearer and the API key that the gateway's"
            + " operator has issued."),
    LANE_NOT_ALLOWED(403, "The caller may not be as urgent, or as little urgent, as Priority says",
            "Leave Priority out: the request waits where the caller may."),
    NOT_FOUND(404, "There is nothing at this path", "Verifications are at POST /v1/verifications."),
    METHOD_NOT_ALLOWED(405, "The path does not have this method", "Use the one that the Allow header names."),
    NOT_ACCEPTABLE(406, "The answer is not to be had in an accepted media type", "Accept application/json."),
    BODY_TOO_LARGE(413, "The body is too large", "Send at most 64 KiB."),
    UNSUPPORTED_MEDIA_TYPE(415, "The body is of a media type that is not read here",
            "Send one Content-Type: application/json, in UTF-8."),
    PARTIAL_ENCRYPTION(422, "Some values are encrypted and others are not", "Encrypt all three values or none: this gateway"
            + " sends no plain value beside encrypted ones."),
    INPUT_REFUSED(422, "The upstream refused the values", "Correct the values; upstreamCode says why."),
    IDEMPOTENCY_KEY_MISSING(400, "There is no Idempotency-Key", "Send a new Idempotency-Key with every new question."),
    IDEMPOTENCY_KEY_INVALID(400, "The Idempotency-Key is none", "Send one Idempotency-Key of 1 to 255 visible ASCII characters,"
            + " in quotation marks."),
    IDEMPOTENCY_KEY_REUSED(422, "The Idempotency-Key came with another question before",
            "Send a new Idempotency-Key with every new question; nothing was sent."),
    IDEMPOTENCY_STORE_FULL(503, "No more idempotency keys can be kept", "Ask again after Retry-After; nothing was sent."),
    CONCURRENCY_LIMIT_EXCEEDED(429, "The caller has as many requests waiting as it may",
            "Ask again after Retry-After; nothing was sent."),
    DAILY_LIMIT_EXCEEDED(429, "The caller's limit of charges in a day is spent",
            "Ask again after Retry-After; nothing was sent."),
    QUEUE_FULL(503, "The queue is full", "Ask again after Retry-After; nothing was sent."),
    CIRCUIT_OPEN(503, "The upstream fails too often", "Ask again after Retry-After; nothing was sent."),
    LEDGER_UNAVAILABLE(503, "The gateway cannot write its ledger", "Ask again after Retry-After; nothing was sent."),
    SHUTTING_DOWN(503, "The gateway stops", "Ask again after Retry-After; nothing was sent."),
    UPSTREAM_UNREACHABLE(502, "The upstream cannot be reached", "Ask again later; nothing was sent."),
    UPSTREAM_TIMEOUT(504, "The upstream did not answer in time",
            Remedies.MAY_BE_CHARGED),
    UPSTREAM_INVALID_RESPONSE(502, "The upstream answered what is no answer",
            Remedies.MAY_BE_CHARGED),
    LIMIT_EXCEEDED(503, "The upstream counted too many requests", "Ask again after Retry-After; nothing was charged."),
    UPSTREAM_FAILED(502, "The upstream failed", "Ask again; nothing was charged."),
    UPSTREAM_UNAVAILABLE(503, "The upstream is unavailable", "Ask again after Retry-After; nothing was charged."),
    CREDENTIALS_REFUSED(502, "The upstream refused the gateway's credentials",
            "The gateway's operator must look at its keys, rights or clock; upstreamCode says which."),
    ACCOUNT_REFUSED(502, "The upstream refused the gateway's account",
            "The account's owner must act at Tencent Cloud; upstreamCode says why."),
    PROTOCOL_REFUSED(502, "The upstream does not accept what the gateway sent",
            "The gateway's developers must act; upstreamCode says why."),
    UNKNOWN_TRANSFER_CODING(501, "The transfer coding is not known", "Send the body with Content-Length, or chunked."),
    UNSUPPORTED_HTTP_VERSION(505, "The version of HTTP is not spoken here", "Send HTTP/1.1 or HTTP/2."),
    INTERNAL_ERROR(500, "The gateway has a defect",
            "It may have been sent and charged; find out before you ask again, and tell the gateway's developers.");

    /** A nested type, since enum constants cannot refer to constants that are declared after them. */
    private interface Remedies {

        String MAY_BE_CHARGED = "It was sent and may have been charged. Asking again may be charged once more: do so, with a new"
                + " Idempotency-Key, only where an answer is worth that; else have it looked up on the bill.";
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
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
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
