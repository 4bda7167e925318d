package io.cardverification.upstream;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;

/** The envelope of the API page. Every member may be missing, since a response may be anything. */
@JsonIgnoreProperties(ignoreUnknown = true)
record UpstreamResponse(@JsonProperty("Response") @Nullable Response response) {

    /** The only format that is shown to callers and in logs, so that no personal data can be in it. */
    private static final Pattern REQUEST_ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private static final int MAX_DESCRIPTION_BYTES = 1_024;

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Response(
            @JsonProperty("Result") @Nullable String result,
            @JsonProperty("Description") @Nullable String description,
            @JsonProperty("RequestId") @Nullable String requestId,
            @JsonProperty("Error") @Nullable ErrorMember error) {

        /** Empty if it does not have the format of a request id. */
        String shownRequestId() {
            return requestId != null && REQUEST_ID.matcher(requestId).matches() ? requestId : "";
        }

        /** The first 1 KiB of UTF-8; null if there is none. */
        @Nullable
        String shownDescription() {
            return description == null ? null : cut(description);
        }
    }

    /** Cuts between two code points. */
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
    record ErrorMember(@JsonProperty("Code") @Nullable String code) {
    }
}
