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
import io.cardverification.tencentcloud.ErrorCode;
import io.cardverification.tencentcloud.Receipt.Parameters;
import io.cardverification.tencentcloud.Reception;
import io.cardverification.verification.BankCard;
import io.cardverification.verification.CertType;
import io.cardverification.verification.Encryption;
import io.cardverification.verification.IdCard;
import io.cardverification.verification.MalformedValue;
import io.cardverification.verification.PersonName;
import io.cardverification.verification.VerificationRequest;

/** The parameters of a call, read as the API page has them. Threads: one. */
final class Question {

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {
    };
    private static final Set<String> KNOWN = Set.of("IdCard", "Name", "BankCard", "CertType", "Encryption");
    private static final Set<String> KNOWN_IN_ENCRYPTION = Set.of("EncryptList", "CiphertextBlob", "Iv", "Algorithm",
            "TagList");

    private static final Pattern SMALL_NUMBER = Pattern.compile("-?[0-9]{1,9}");

    private final Map<String, Object> parameters;
    private final boolean allText;

    private Question(Map<String, Object> parameters, boolean allText) {
        this.parameters = parameters;
        this.allText = allText;
    }

    /** @param mapper a strict one: no member twice, nothing behind the document */
    static VerificationRequest read(Parameters parameters, ObjectMapper mapper) throws Refused {
        if (parameters instanceof Parameters.Form form) {
            return new Question(form.values(), true).request();
        }
        return new Question(json(((Parameters.Json) parameters).body(), mapper), false).request();
    }

    private static Map<String, Object> json(byte[] body, ObjectMapper mapper) throws Refused {
        try {
            var text = JsonText.decode(body);
            Map<String, Object> read = text.isPresent() ? mapper.readValue(text.get(), OBJECT) : null;
            if (read != null) {
                return read;
            }
        } catch (IOException e) {
            // The message would quote the input.
        }
        throw new Refused(ErrorCode.INVALID_PARAMETER,
                "The request body must be one JSON object in UTF-8, each parameter once.");
    }

    private VerificationRequest request() throws Refused {
        requireKnown(parameters, KNOWN, "");
        var encryption = encryption();
        return new VerificationRequest(
                value("BankCard", required("BankCard"), text -> new BankCard(text, covers(encryption, "BankCard"))),
                value("Name", required("Name"), text -> new PersonName(text, covers(encryption, "Name"))),
                value("IdCard", required("IdCard"), text -> new IdCard(text, covers(encryption, "IdCard"))),
                certType(), encryption);
    }

    private static void requireKnown(Map<String, Object> given, Set<String> known, String prefix) throws Refused {
        for (var name : given.keySet()) {
            if (!known.contains(name)) {
                throw new Refused(Reception.unknown(prefix, name));
            }
        }
    }

    private static boolean covers(@Nullable Encryption encryption, String parameter) {
        return encryption != null && encryption.covers(parameter);
    }

    private String required(String name) throws Refused {
        var text = text(parameters, name, name);
        if (text == null) {
            throw new Refused(Reception.missing(name));
        }
        return text;
    }

    private static <V, T> T value(String name, V value, Function<V, T> reader) throws Refused {
        try {
            return reader.apply(value);
        } catch (MalformedValue e) {
            throw new Refused(ErrorCode.INVALID_PARAMETER_VALUE, "The value of parameter `" + name + "` " + e.rule() + ".");
        }
    }

    private @Nullable CertType certType() throws Refused {
        var given = parameters.get("CertType");
        if (given == null) {
            return null;
        }
        if (allText && given instanceof String text && SMALL_NUMBER.matcher(text).matches()) {
            return value("CertType", Integer.valueOf(text), CertType::new);
        }
        if (given instanceof Integer number) {
            return value("CertType", number, CertType::new);
        }
        throw mistyped("CertType");
    }

    private @Nullable Encryption encryption() throws Refused {
        var given = parameters.get("Encryption");
        if (given == null) {
            return null;
        }
        if (!(given instanceof Map<?, ?>)) {
            throw mistyped("Encryption");
        }
        @SuppressWarnings("unchecked") // the names of JSON members and of forms are strings
        var members = (Map<String, Object>) given;
        requireKnown(members, KNOWN_IN_ENCRYPTION, "Encryption.");
        return new Encryption(texts(members, "EncryptList"), text(members, "CiphertextBlob", "Encryption.CiphertextBlob"),
                text(members, "Iv", "Encryption.Iv"), text(members, "Algorithm", "Encryption.Algorithm"),
                texts(members, "TagList"));
    }

    private static @Nullable String text(Map<String, Object> given, String name, String path) throws Refused {
        var value = given.get(name);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw mistyped(path);
    }

    private static @Nullable List<String> texts(Map<String, Object> given, String name) throws Refused {
        var value = given.get(name);
        if (value == null) {
            return null;
        }
        var texts = new ArrayList<String>();
        for (var element : value instanceof List<?> list ? list : List.of(value)) {
            if (!(element instanceof String text) || !(value instanceof List<?>)) {
                throw mistyped("Encryption." + name);
            }
            texts.add(text);
        }
        return texts;
    }

    private static Refused mistyped(String path) {
        return new Refused(Reception.typeError(path));
    }
}
