package io.cardverification.rest;

import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.resteasy.problem.HttpProblem;

/**
 * The header of draft-ietf-httpapi-idempotency-key-header-07: a structured string, in quotation marks. Many clients leave them
 * out, so a bare key is taken, too, and is the same key.
 */
final class IdempotencyKey {

    static final String HEADER = "Idempotency-Key";

    /** RFC 9651: visible ASCII and space, with {@code "} and {@code \} behind a backslash. 255 are plenty. */
    private static final Pattern QUOTED = Pattern.compile("\"((?:[ !#-\\[\\]-~]|\\\\[\"\\\\]){1,255})\"");
    private static final Pattern BARE = Pattern.compile("[!#-+\\--\\[\\]-~]{1,255}");
    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

    private IdempotencyKey() {
    }

    /**
     * @param headers every value of the header, also those that are empty, of which JAX-RS does not tell
     * @return null for none
     * @throws HttpProblem where it is missing and required, or none
     */
    static @Nullable String read(List<String> headers, boolean required) {
        if (headers.isEmpty()) {
            if (required) {
                throw ProblemType.IDEMPOTENCY_KEY_MISSING.problem().build();
            }
            return null;
        }
        var value = headers.get(0).strip();
        var quoted = QUOTED.matcher(value);
        if (headers.size() == 1 && quoted.matches()) {
            return ESCAPED.matcher(quoted.group(1)).replaceAll("$1");
        }
        if (headers.size() == 1 && BARE.matcher(value).matches()) {
            return value;
        }
        throw ProblemType.IDEMPOTENCY_KEY_INVALID.problem().build();
    }
}
