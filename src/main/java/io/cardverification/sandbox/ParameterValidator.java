package io.cardverification.sandbox;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.cardverification.tencentcloud.AuthenticationResult;
import io.cardverification.tencentcloud.ErrorCode;
import io.cardverification.tencentcloud.RequestAuthenticator;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Parses and validates the action's parameters by the API page. Threads: stateless. */
final class ParameterValidator {

    static final List<String> REQUIRED = List.of("IdCard", "Name", "BankCard");

    private static final Map<String, Class<?>> TYPES = Map.of("IdCard", String.class, "Name", String.class, "BankCard",
            String.class, "CertType", Integer.class, "Encryption", JsonObject.class);
    private static final Map<String, Class<?>> ENCRYPTION_TYPES = Map.of("EncryptList", JsonArray.class, "CiphertextBlob",
            String.class, "Iv", String.class, "Algorithm", String.class, "TagList", JsonArray.class);

    private ParameterValidator() {
    }

    /** @return empty if the body is not a JSON object */
    static Optional<JsonObject> read(AuthenticationResult.Parameters parameters) {
        if (parameters instanceof AuthenticationResult.Parameters.Form form) {
            var read = new JsonObject(form.values());
            return Optional.of(read.getValue("CertType") instanceof String text && text.matches("-?[0-9]{1,9}")
                    ? read.put("CertType", Integer.valueOf(text))
                    : read);
        }
        try {
            var body = ((AuthenticationResult.Parameters.Json) parameters).body();
            return Optional.of(
                    new JsonObject(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString()));
        } catch (DecodeException | CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** @return the error of the first violated rule of the page */
    static Optional<SandboxResponse> malformed(JsonObject parameters) {
        return unknown(parameters, TYPES.keySet(), "")
                .or(() -> REQUIRED.stream().filter(name -> parameters.getValue(name) == null).findFirst()
                        .map(name -> SandboxResponse.error(RequestAuthenticator.missingParameter(name))))
                .or(() -> mistyped(parameters, TYPES, ""))
                .or(() -> malformedEncryption(parameters.getJsonObject("Encryption")))
                .or(() -> Optional.ofNullable(parameters.getInteger("CertType")).filter(type -> type != 0)
                        .map(other -> SandboxResponse.error(ErrorCode.INVALID_PARAMETER_VALUE)));
    }

    private static Optional<SandboxResponse> malformedEncryption(@Nullable JsonObject encryption) {
        if (encryption == null) {
            return Optional.empty();
        }
        return unknown(encryption, ENCRYPTION_TYPES.keySet(), "Encryption.")
                .or(() -> mistyped(encryption, ENCRYPTION_TYPES, "Encryption."))
                .or(() -> List.of("EncryptList", "TagList").stream()
                        .filter(list -> !encryption.getJsonArray(list, new JsonArray()).stream()
                                .allMatch(String.class::isInstance))
                        .findFirst().map(list -> typeError("Encryption." + list)));
    }

    private static Optional<SandboxResponse> unknown(JsonObject parameters, Set<String> known, String prefix) {
        return parameters.fieldNames().stream().filter(name -> !known.contains(name)).findFirst()
                .map(name -> SandboxResponse.error(RequestAuthenticator.unknownParameter(prefix, name)));
    }

    private static Optional<SandboxResponse> mistyped(JsonObject parameters, Map<String, Class<?>> types, String prefix) {
        parameters.fieldNames().stream().toList().stream().filter(name -> parameters.getValue(name) == null)
                .forEach(parameters::remove); // an explicit null counts as absent, because the Node SDK writes nulls
        return parameters.fieldNames().stream()
                .filter(name -> !types.getOrDefault(name, Object.class).isInstance(parameters.getValue(name))).findFirst()
                .map(name -> typeError(prefix + name));
    }

    private static SandboxResponse typeError(String parameter) {
        return SandboxResponse.error(RequestAuthenticator.parameterTypeError(parameter));
    }
}
