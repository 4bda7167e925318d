package io.cardverification.upstream;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;

/** The envelope of the API page. Everything may be missing, since nobody guarantees what comes back. */
@JsonIgnoreProperties(ignoreUnknown = true)
record WireAnswer(@JsonProperty("Response") @Nullable Response response) {

    /** What may be repeated to callers and logs: nothing that could be a person's data. */
    private static final Pattern REQUEST_ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private static final int MAX_DESCRIPTION_BYTES = 1_024;

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Response(
            @JsonProperty("Result") @Nullable String result,
            @JsonProperty("Description") @Nullable String description,
            @JsonProperty("RequestId") @Nullable String requestId,
            @JsonProperty("Error") @Nullable Refusal error) {

        /** Empty where it is not what request ids look like. */
        String shownRequestId() {
            return requestId != null && REQUEST_ID.matcher(requestId).matches() ? requestId : "";
        }

        /** As much of it as 1 KiB of UTF-8 holds; null where there is none. */
        @Nullable
        String shownDescription() {
            return description == null ? null : cut(description);
        }
    }

    /** At a border between code points. */
    private static String cut(String text) {
        var bytes = 0;
        for (var i = 0; i < text.length();) {
            var codePoint = text.codePointAt(i);
            bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
            if (bytes > MAX_DESCRIPTION_BYTES) {
                return text.substring(0, i);
            }
            i += Character.charCount(codePoint);
        }
        return text;
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Refusal(@JsonProperty("Code") @Nullable String code) {
    }
}
