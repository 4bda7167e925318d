package io.cardverification.sandbox;

import io.cardverification.tencentcloud.ErrorCode;
import io.vertx.core.json.JsonObject;

/** What stands in {@code Response} besides the request id: a result or an error. */
record Answer(JsonObject fields) {

    static Answer result(String code, String description) {
        return new Answer(new JsonObject().put("Result", code).put("Description", description));
    }

    static Answer error(ErrorCode code) {
        return error(code, code.message());
    }

    static Answer error(ErrorCode code, String message) {
        return new Answer(new JsonObject()
                .put("Error", new JsonObject().put("Code", code.code()).put("Message", message)));
    }

    JsonObject envelope(String requestId) {
        return new JsonObject().put("Response", fields.copy().put("RequestId", requestId));
    }
}
