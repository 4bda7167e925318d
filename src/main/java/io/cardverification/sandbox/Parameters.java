package io.cardverification.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.cardverification.tencentcloud.ErrorCode;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Reads the action's parameters as the API page has them, and answers them. Threads: stateless. */
final class Parameters {

    private static final List<String> REQUIRED = List.of("IdCard", "Name", "BankCard");
    private static final Map<String, Class<?>> TYPES = Map.of("IdCard", String.class, "Name", String.class, "BankCard",
            String.class, "CertType", Number.class, "Encryption", JsonObject.class);
    private static final Set<String> ENCRYPTION_MEMBERS = Set.of("EncryptList", "CiphertextBlob", "Iv", "Algorithm",
            "TagList");

    private Parameters() {
    }

    static Answer answer(byte[] body) {
        JsonObject parameters;
        try {
            parameters = new JsonObject(new String(body, StandardCharsets.UTF_8));
        } catch (DecodeException e) {
            return Answer.error(ErrorCode.INVALID_PARAMETER, "The request body is not a JSON object.");
        }
        return malformed(parameters).or(() -> undecryptable(parameters)).orElseGet(() -> verified(parameters));
    }

    private static Optional<Answer> malformed(JsonObject parameters) {
        var unknown = parameters.fieldNames().stream().filter(name -> !TYPES.containsKey(name)).findFirst();
        if (unknown.isPresent()) {
            return Optional.of(Answer.error(ErrorCode.UNKNOWN_PARAMETER,
                    String.format(Locale.ROOT, "The parameter `%s` is not recognized.", unknown.get())));
        }
        for (var name : REQUIRED) {
            if (parameters.getValue(name) == null) {
                return Optional.of(missing(name));
            }
        }
        for (var name : parameters.fieldNames()) {
            var value = parameters.getValue(name);
            if (value != null && !TYPES.getOrDefault(name, Object.class).isInstance(value)) {
                return Optional.of(
                        Answer.error(ErrorCode.INVALID_PARAMETER,
                                String.format(Locale.ROOT, "Parameter `%s` type error.", name)));
            }
        }
        return Optional.ofNullable(parameters.getValue("CertType")).filter(type -> !type.equals(0))
                .map(other -> Answer.error(ErrorCode.INVALID_PARAMETER_VALUE));
    }

    static Answer missing(String parameter) {
        return Answer.error(ErrorCode.MISSING_PARAMETER,
                String.format(Locale.ROOT, "The request is missing a required parameter `%s`.", parameter));
    }

    /** The sandbox has no key pair, so whatever was really encrypted cannot be decrypted here. */
    private static Optional<Answer> undecryptable(JsonObject parameters) {
        var encryption = parameters.getJsonObject("Encryption", new JsonObject());
        if (encryption == null) {
            return Optional.empty();
        }
        if (!ENCRYPTION_MEMBERS.containsAll(encryption.fieldNames())
                || !(encryption.getValue("EncryptList", new JsonArray()) instanceof JsonArray encrypted)) {
            return Optional.of(Answer.error(ErrorCode.INVALID_PARAMETER));
        }
        if (!encrypted.stream().allMatch(REQUIRED::contains)) {
            return Optional.of(Answer.error(ErrorCode.INVALID_PARAMETER_UNSUPPORT_ENCRYPT_FIELD));
        }
        return encrypted.isEmpty() ? Optional.empty()
                : Optional.of(Answer.error(ErrorCode.FAILED_OPERATION_DECRYPT_SYSTEM_ERROR));
    }

    /** The page's own examples have white space before values, so it is dropped before anything is decided. */
    private static Answer verified(JsonObject parameters) {
        var idCard = stripped(parameters.getString("IdCard"));
        var bankCard = stripped(parameters.getString("BankCard"));
        if (stripped(parameters.getString("Name")).isEmpty()) {
            return TestCards.result(-2);
        }
        if (idCard.matches("[0-9]{15}")) {
            return TestCards.result(-19);
        }
        if (!idCard.matches("[0-9]{17}[0-9Xx]")) {
            return TestCards.result(-3);
        }
        return bankCard.matches("[0-9]{10,19}") ? TestCards.answer(bankCard) : TestCards.result(-4);
    }

    private static String stripped(@Nullable String value) {
        return value == null ? "" : value.strip();
    }
}
