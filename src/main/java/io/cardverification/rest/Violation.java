package io.cardverification.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** One broken rule, worded as RFC 9457 words its example. */
@Schema(name = "Violation")
@RegisterForReflection // reaches Jackson only inside a problem's untyped members
record Violation(
        @Schema(required = true, description = "The rule.", examples = "must be 10 to 19 digits") String detail,
        @Schema(required = true, description = "JSON pointer to the member.", examples = "#/bankCard") String pointer) {
}
