package io.cardverification.rest;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.cardverification.verification.Charge;
import io.cardverification.verification.VerificationResult;

@Schema(name = "VerificationAnswer")
@JsonInclude(JsonInclude.Include.NON_NULL)
record VerificationResponse(
        @Schema(required = true, description = "The upstream's result code, as a string.", examples = "0") String result,
        @Schema(required = true, description = "What the code means for a program.", enumeration = {
                "passed", "mismatch",
                "card-unusable", "input-rejected", "try-later" }) String outcome,
        @Schema(required = true, description = "For people; may change. Programs go by result or outcome.") String description,
        @Schema(required = true, ref = "Charged") Object charged,
        @Schema(required = true, description = "Whether another request asked the same at the same time and was told of this"
                + " same charge.") boolean shared,
        @Schema(required = true, description = "Whether this is the answer to an earlier question, kept since; its charge is not"
                + " due again.") boolean reused,
        @Schema(description = "Where it is reused: how old it is.") @Nullable Long ageSeconds,
        @Schema(required = true, description = "How long the request waited to be sent, in milliseconds.") long waitedMillis,
        @Schema(required = true, description = "How often it was tried to send the request.") int attempts,
        @Schema(description = "Where it is more than none: how many earlier attempts may have been charged, too.", type = SchemaType.INTEGER) @Nullable Integer unknownAttempts,
        @Schema(required = true, description = "The upstream's id of this answer; its support asks for it.") String requestId){

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
