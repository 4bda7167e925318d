package io.cardverification.rest;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.cardverification.verification.Charge;
import io.cardverification.verification.VerificationResult;

@Schema(name = "VerificationResponse")
@JsonInclude(JsonInclude.Include.NON_NULL)
record VerificationResponse(
        @Schema(required = true, description = "The upstream's result code, as a string.", examples = "0") String result,
        @Schema(required = true, description = "The category of the result, for programs.", enumeration = {
                "passed", "mismatch",
                "card-unusable", "input-rejected", "try-later" }) String outcome,
        @Schema(required = true, description = "The result in plain text, for people; it may change. Programs use result or outcome.") String description,
        @Schema(required = true, ref = "Charged") Object charged,
        @Schema(required = true, description = "Whether an identical request in flight also got this result and reported the"
                + " same charge.") boolean shared,
        @Schema(required = true, description = "Whether this is the stored answer of an earlier request; it is not charged"
                + " again.") boolean reused,
        @Schema(description = "The age of a reused answer in seconds.") @Nullable Long ageSeconds,
        @Schema(required = true, description = "Milliseconds that the request waited in the queue.") long waitedMillis,
        @Schema(required = true, description = "Number of attempts to send the request.") int attempts,
        @Schema(description = "Number of earlier attempts with an unknown charge, if there are any.", type = SchemaType.INTEGER) @Nullable Integer unknownAttempts,
        @Schema(required = true, description = "The upstream's id of this response, for its support.") String requestId){

    static VerificationResponse of(VerificationResult result) {
        var code = result.code();
        var metadata = result.metadata();
        return new VerificationResponse(code.code(), code.category().label(), result.description(),
                chargedValue(result.charge()), metadata.shared(), metadata.reusedAfter().isPresent(),
                metadata.reusedAfter().map(age -> age.toSeconds()).orElse(null), metadata.waited().toMillis(),
                metadata.attempts(), metadata.unknownAttempts() > 0 ? metadata.unknownAttempts() : null, result.requestId());
    }

    /** {@code "unknown"} is a string, so that no program reads it as false. */
    static Object chargedValue(Charge charge) {
        return charge == Charge.UNKNOWN ? charge.toString() : (Object) (charge == Charge.CHARGED);
    }
}
