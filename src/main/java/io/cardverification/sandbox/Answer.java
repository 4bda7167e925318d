package io.cardverification.sandbox;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.cardverification.tencentcloud.AuthenticationResult.Rejected;
import io.cardverification.tencentcloud.ErrorCode;
import io.vertx.core.json.JsonObject;

/**
 * What stands in {@code Response} besides the request id: a result or an error.
 *
 * @param code the result or the error code
 * @param charged whether the API page lists it with charge
 * @param fault what goes wrong on the way of it, or null
 */
record Answer(String code, JsonObject fields, boolean charged, @Nullable Fault fault) {

    static Answer result(String code, String description, boolean charged) {
        return new Answer(code, new JsonObject().put("Result", code).put("Description", description), charged, null);
    }

    static Answer error(ErrorCode code) {
        return error(code, code.message());
    }

    static Answer error(ErrorCode code, String message) {
        return new Answer(code.code(), new JsonObject()
                .put("Error", new JsonObject().put("Code", code.code()).put("Message", message)), false, null);
    }

    static Answer error(Rejected refusal) {
        return error(refusal.code(), refusal.message());
    }

    Answer with(Fault fault) {
        return new Answer(code, fields, charged, fault);
    }

    Optional<Fault> mishap() {
        return Optional.ofNullable(fault);
    }

    JsonObject envelope(String requestId) {
        return new JsonObject().put("Response", fields.copy().put("RequestId", requestId));
    }
}
