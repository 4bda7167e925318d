package io.cardverification.cloudapi;

import java.util.Optional;

import io.cardverification.tencentcloud.ErrorCode;
import io.cardverification.verification.Charge;
import io.cardverification.verification.ResponseMetadata;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/**
 * A response of the Tencent Cloud API without its request id. The members that SDKs do not know become headers.
 *
 * @param requestId the upstream's request id, if it has answered
 * @param charge whether the upstream charges for this response
 */
record Envelope(JsonObject fields, Optional<String> requestId, Charge charge, ResponseMetadata metadata) {

    static Envelope of(VerificationResult result) {
        var fields = new JsonObject().put("Result", result.code().code()).put("Description", result.description());
        return new Envelope(fields, Optional.of(result.requestId()), result.charge(), result.metadata());
    }

    static Envelope error(ErrorCode code) {
        return error(code.code(), code.message());
    }

    static Envelope error(String code, String message) {
        return new Envelope(error(new JsonObject().put("Code", code).put("Message", message)), Optional.empty(),
                Charge.NOT_SENT, ResponseMetadata.NONE);
    }

    private static JsonObject error(JsonObject error) {
        return new JsonObject().put("Error", error);
    }

    Envelope withFailure(VerificationFailure failure) {
        return new Envelope(fields, failure.requestId(), failure.charge(), failure.metadata());
    }

    /** @param fallbackRequestId used if the upstream sent no request id */
    Buffer json(String fallbackRequestId) {
        return new JsonObject().put("Response", fields.copy().put("RequestId",
                requestId.filter(id -> !id.isEmpty()).orElse(fallbackRequestId))).toBuffer();
    }
}
