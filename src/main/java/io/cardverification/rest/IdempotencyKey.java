package io.cardverification.rest;

import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.cardverification.http.StructuredField;

/**
 * The header of draft-ietf-httpapi-idempotency-key-header-07: an item of RFC 9651, a string in quotation marks. Many clients
 * omit the quotation marks, so a bare key is also valid, and is the same key. Parameters after the key are valid and ignored.
 */
final class IdempotencyKey {

    static final String HEADER = "Idempotency-Key";

    private static final int MAX_LENGTH = 255;

    /** A bare key, up to its parameters. */
    private static final Pattern BARE = Pattern.compile("([!#-+\\--:<-\\[\\]-~]+)((?:;.*)?)");

    private IdempotencyKey() {
    }

    /**
     * @param headers every value of the header. JAX-RS omits empty values.
     * @return null if the header is absent and not required
     * @throws ProblemException if the header is malformed, or missing and required
     */
    static @Nullable String read(List<String> headers, boolean required) {
        if (headers.isEmpty()) {
            if (required) {
                throw ProblemType.IDEMPOTENCY_KEY_MISSING.problem().toException();
            }
            return null;
        }
        if (headers.size() == 1 && StructuredField.item(quoted(headers.get(0).strip())).orElse(null) instanceof String key
                && !key.isEmpty() && key.length() <= MAX_LENGTH) {
            return key;
        }
        throw ProblemType.IDEMPOTENCY_KEY_INVALID.problem().toException();
    }

    private static String quoted(String value) {
        var bare = BARE.matcher(value);
        return bare.matches() ? "\"" + bare.group(1) + "\"" + bare.group(2) : value;
    }
}
