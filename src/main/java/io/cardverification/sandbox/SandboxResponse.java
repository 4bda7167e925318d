package io.cardverification.sandbox;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.cardverification.tencentcloud.AuthenticationResult.Rejected;
import io.cardverification.tencentcloud.ErrorCode;
import io.vertx.core.json.JsonObject;

/**
 * The content of {@code Response} except the request id: a result or an error.
 *
 * @param code the result or the error code
 * @param charged whether the API page lists the code as charged
 * @param fault the fault to inject into the response, or null
 */
record SandboxResponse(String code, JsonObject fields, boolean charged, @Nullable Fault fault) {

    static SandboxResponse result(String code, String description, boolean charged) {
        return new SandboxResponse(code, new JsonObject().put("Result", code).put("Description", description), charged, null);
    }

    static SandboxResponse error(ErrorCode code) {
        return error(code, code.message());
    }

    static SandboxResponse error(ErrorCode code, String message) {
        return new SandboxResponse(code.code(), new JsonObject()
                .put("Error", new JsonObject().put("Code", code.code()).put("Message", message)), false, null);
    }

    static SandboxResponse error(Rejected rejected) {
        return error(rejected.code(), rejected.message());
    }

    SandboxResponse with(Fault fault) {
        return new SandboxResponse(code, fields, charged, fault);
    }

    Optional<Fault> injectedFault() {
        return Optional.ofNullable(fault);
    }

    JsonObject envelope(String requestId) {
        return new JsonObject().put("Response", fields.copy().put("RequestId", requestId));
    }
}
