package io.cardverification.cloudapi;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.cardverification.http.JsonText;
import io.cardverification.tencentcloud.AuthenticationResult.Parameters;
import io.cardverification.tencentcloud.ErrorCode;
import io.cardverification.tencentcloud.RequestAuthenticator;
import io.cardverification.verification.BankCard;
import io.cardverification.verification.CertType;
import io.cardverification.verification.Encryption;
import io.cardverification.verification.IdCard;
import io.cardverification.verification.InvalidValueException;
import io.cardverification.verification.PersonName;
import io.cardverification.verification.VerificationRequest;

/** The parameters of a call, in the format of Tencent Cloud's API documentation. Threads: not thread-safe. */
final class CallParameters {

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {
    };
    private static final Set<String> KNOWN = Set.of("IdCard", "Name", "BankCard", "CertType", "Encryption");
    private static final Set<String> KNOWN_IN_ENCRYPTION = Set.of("EncryptList", "CiphertextBlob", "Iv", "Algorithm",
            "TagList");

    private static final Pattern SMALL_NUMBER = Pattern.compile("-?[0-9]{1,9}");

    private final Map<String, Object> parameters;
    private final boolean isForm;

    private CallParameters(Map<String, Object> parameters, boolean isForm) {
        this.parameters = parameters;
        this.isForm = isForm;
    }

    /** @param mapper rejects duplicate members and content after the document */
    static VerificationRequest read(Parameters parameters, ObjectMapper mapper) throws ApiErrorException {
        if (parameters instanceof Parameters.Form form) {
            return new CallParameters(form.values(), true).request();
        }
        return new CallParameters(json(((Parameters.Json) parameters).body(), mapper), false).request();
    }

    private static Map<String, Object> json(byte[] body, ObjectMapper mapper) throws ApiErrorException {
        try {
            var text = JsonText.decode(body);
            Map<String, Object> read = text.isPresent() ? mapper.readValue(text.get(), OBJECT) : null;
            if (read != null) {
                return read;
            }
        } catch (IOException e) {
            // The exception is dropped, since its message quotes the input.
        }
        throw new ApiErrorException(ErrorCode.INVALID_PARAMETER,
                "The request body must be one JSON object in UTF-8, each parameter once.");
    }

    private VerificationRequest request() throws ApiErrorException {
        rejectUnknown(parameters, KNOWN, "");
        var encryption = encryption();
        return new VerificationRequest(
                value("BankCard", required("BankCard"), text -> new BankCard(text, covers(encryption, "BankCard"))),
                value("Name", required("Name"), text -> new PersonName(text, covers(encryption, "Name"))),
                value("IdCard", required("IdCard"), text -> new IdCard(text, covers(encryption, "IdCard"))),
                certType(), encryption);
    }

    private static void rejectUnknown(Map<String, Object> given, Set<String> sdkCallers, String prefix)
            throws ApiErrorException {
        for (var name : given.keySet()) {
            if (!sdkCallers.contains(name)) {
                throw new ApiErrorException(RequestAuthenticator.unknownParameter(prefix, name));
            }
        }
    }

    private static boolean covers(@Nullable Encryption encryption, String parameter) {
        return encryption != null && encryption.covers(parameter);
    }

    private String required(String name) throws ApiErrorException {
        var text = text(parameters, name, name);
        if (text == null) {
            throw new ApiErrorException(RequestAuthenticator.missingParameter(name));
        }
        return text;
    }

    private static <V, T> T value(String name, V value, Function<V, T> reader) throws ApiErrorException {
        try {
            return reader.apply(value);
        } catch (InvalidValueException e) {
            throw new ApiErrorException(ErrorCode.INVALID_PARAMETER_VALUE,
                    "The value of parameter `" + name + "` " + e.rule() + ".");
        }
    }

    private @Nullable CertType certType() throws ApiErrorException {
        var given = parameters.get("CertType");
        if (given == null) {
            return null;
        }
        if (isForm && given instanceof String text && SMALL_NUMBER.matcher(text).matches()) {
            return value("CertType", Integer.valueOf(text), CertType::new);
        }
        if (given instanceof Integer number) {
            return value("CertType", number, CertType::new);
        }
        throw wrongType("CertType");
    }

    private @Nullable Encryption encryption() throws ApiErrorException {
        var given = parameters.get("Encryption");
        if (given == null) {
            return null;
        }
        if (!(given instanceof Map<?, ?>)) {
            throw wrongType("Encryption");
        }
        @SuppressWarnings("unchecked") // the names of JSON members and of form fields are strings
        var members = (Map<String, Object>) given;
        rejectUnknown(members, KNOWN_IN_ENCRYPTION, "Encryption.");
        return new Encryption(texts(members, "EncryptList"), text(members, "CiphertextBlob", "Encryption.CiphertextBlob"),
                text(members, "Iv", "Encryption.Iv"), text(members, "Algorithm", "Encryption.Algorithm"),
                texts(members, "TagList"));
    }

    private static @Nullable String text(Map<String, Object> given, String name, String path) throws ApiErrorException {
        var value = given.get(name);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw wrongType(path);
    }

    private static @Nullable List<String> texts(Map<String, Object> given, String name) throws ApiErrorException {
        var value = given.get(name);
        if (value == null) {
            return null;
        }
        var texts = new ArrayList<String>();
        for (var element : value instanceof List<?> list ? list : List.of(value)) {
            if (!(element instanceof String text) || !(value instanceof List<?>)) {
                throw wrongType("Encryption." + name);
            }
            texts.add(text);
        }
        return texts;
    }

    private static ApiErrorException wrongType(String path) {
        return new ApiErrorException(RequestAuthenticator.parameterTypeError(path));
    }
}
