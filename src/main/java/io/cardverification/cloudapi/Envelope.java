package io.cardverification.cloudapi;

import java.util.Optional;

import io.cardverification.tencentcloud.ErrorCode;
import io.cardverification.verification.Charge;
import io.cardverification.verification.Delivery;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/**
 * What stands in {@code Response} besides the request id, and what only headers can tell, since SDKs know no other fields.
 *
 * @param requestId the upstream's, where it has answered
 * @param charge whether the upstream charges for this answer
 */
record Envelope(JsonObject fields, Optional<String> requestId, Charge charge, Delivery delivery) {

    static Envelope of(VerificationResult result) {
        var fields = new JsonObject().put("Result", result.code().code()).put("Description", result.description());
        return new Envelope(fields, Optional.of(result.requestId()), result.charge(), result.delivery());
    }

    static Envelope error(ErrorCode code) {
        return error(code.code(), code.message());
    }

    static Envelope error(String code, String message) {
        return new Envelope(error(new JsonObject().put("Code", code).put("Message", message)), Optional.empty(),
                Charge.NOT_SENT, Delivery.NONE);
    }

    private static JsonObject error(JsonObject error) {
        return new JsonObject().put("Error", error);
    }

    Envelope withFailure(VerificationFailure failure) {
        return new Envelope(fields, failure.requestId(), failure.charge(), failure.delivery());
    }

    /** @param fallbackRequestId where the upstream gave none */
    Buffer json(String fallbackRequestId) {
        return new JsonObject().put("Response", fields.copy().put("RequestId",
                requestId.filter(id -> !id.isEmpty()).orElse(fallbackRequestId))).toBuffer();
    }
}
