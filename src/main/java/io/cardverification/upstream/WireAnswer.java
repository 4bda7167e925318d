package io.cardverification.upstream;

import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;

import io.cardverification.verification.ResultCode;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationResult;

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
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Refusal(@JsonProperty("Code") @Nullable String code) {
    }

    /** @throws VerificationFailure where it is a refusal or no answer at all */
    VerificationResult result() {
        if (response == null) {
            throw VerificationFailure.nonsense();
        }
        var requestId = response.requestId();
        var shownRequestId = requestId != null && REQUEST_ID.matcher(requestId).matches() ? requestId : "";
        var error = response.error();
        var result = response.result();
        if (error != null) {
            // Both at once is a charge that nobody can tell.
            throw result == null ? refusal(error, shownRequestId) : VerificationFailure.nonsense();
        }
        var code = (result == null ? Optional.<ResultCode> empty() : ResultCode.of(result))
                .orElseThrow(VerificationFailure::nonsense);
        var description = response.description();
        return new VerificationResult(code, description == null ? code.description() : description, shownRequestId);
    }

    private static VerificationFailure refusal(Refusal error, String requestId) {
        var code = error.code();
        return code == null || code.isEmpty() ? VerificationFailure.nonsense() : Refusals.failure(code, requestId);
    }
}
