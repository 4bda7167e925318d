package io.cardverification.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import io.cardverification.verification.Charge;
import io.cardverification.verification.VerificationResult;

@Schema(name = "VerificationAnswer")
record VerificationAnswer(
        @Schema(required = true, description = "The upstream's result code, as a string.", examples = "0") String result,
        @Schema(required = true, description = "What the code means for a program.", enumeration = {
                "passed", "mismatch",
                "card-unusable", "input-rejected", "try-later" }) String outcome,
        @Schema(required = true, description = "For people; may change. Programs go by result or outcome.") String description,
        @Schema(required = true, description = "Whether the upstream charges for this answer.") boolean charged,
        @Schema(required = true, description = "Whether another caller asked the same at the same time and was told of this"
                + " same charge.") boolean shared,
        @Schema(required = true, description = "How long the request waited to be sent, in milliseconds.") long waitedMillis,
        @Schema(required = true, description = "The upstream's id of this answer; its support asks for it.") String requestId){

    static VerificationAnswer of(VerificationResult result) {
        var code = result.code();
        return new VerificationAnswer(code.code(), code.outcome().toString(), result.description(),
                code.charge() == Charge.CHARGED, result.shared(), result.waited().toMillis(), result.requestId());
    }
}
