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
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Refusal(@JsonProperty("Code") @Nullable String code) {
    }
}
