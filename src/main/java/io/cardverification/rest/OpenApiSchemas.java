package io.cardverification.rest;

import java.math.BigDecimal;
import java.util.List;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/** The schemas of problem documents for the OpenAPI document. */
final class OpenApiSchemas {

    private OpenApiSchemas() {
    }

    /** An enumeration, since a schema with two types would accept any string. */
    static Schema charged() {
        return OASFactory.createSchema()
                .description("Whether the upstream charges the request. \"unknown\" if the request was sent without a"
                        + " valid response. With retry-unknown also instead of false, if an earlier attempt has an unknown"
                        + " charge.")
                .enumeration(List.of(true, false, "unknown"));
    }

    /** All members of problems. More may follow: RFC 9457 requires clients to ignore unknown members. */
    static Schema problem() {
        return OASFactory.createSchema().addType(SchemaType.OBJECT)
                .description("A problem document (RFC 9457). Programs use the member type.")
                .required(List.of("type", "status", "title", "detail", "charged"))
                .addProperty("type", text("Stable identifier of the problem type.").format("uri"))
                .addProperty("status", integer().description("The HTTP status of the response."))
                .addProperty("title", text("The problem in plain text, for people."))
                .addProperty("detail", text("The remedy in plain text, for people."))
                .addProperty("charged", ref("Charged"))
                .addProperty("shared", bool("Whether another request also got this result and reported the same charge."))
                .addProperty("reused",
                        bool("Whether this is the stored result of an earlier request; the gateway did not send this request."))
                .addProperty("ageSeconds", integer().description("The age of a reused result in seconds."))
                .addProperty("waitedMillis", integer().description("Milliseconds that the request waited in the queue."))
                .addProperty("attempts", integer().description("Number of attempts to send the request."))
                .addProperty("unknownAttempts",
                        integer().description("Number of earlier attempts with an unknown charge, if"
                                + " there are any."))
                .addProperty("upstreamCode", text("The upstream's error code, if it returned one."))
                .addProperty("requestId", text("The upstream's id of its response, if it returned one."))
                .addProperty("errors", OASFactory.createSchema().addType(SchemaType.ARRAY).items(violation()));
    }

    private static Schema violation() {
        return OASFactory.createSchema().addType(SchemaType.OBJECT).required(List.of("detail", "pointer"))
                .addProperty("detail", text("The rule that the member violates."))
                .addProperty("pointer", text("JSON pointer to the member."));
    }

    /** The problems of one status, whose types are enumerated. */
    static Schema problem(int status, List<ProblemType> types) {
        return OASFactory.createSchema().addAllOf(ref("Problem")).addAllOf(OASFactory.createSchema()
                .addProperty("type", OASFactory.createSchema()
                        .enumeration(types.stream().<Object> map(type -> type.uri().toString()).toList()))
                .addProperty("status", OASFactory.createSchema().constValue(status)));
    }

    static Schema ref(String component) {
        return OASFactory.createSchema().ref(component);
    }

    /** An integer, zero or more. */
    static Schema integer() {
        return OASFactory.createSchema().addType(SchemaType.INTEGER).minimum(BigDecimal.ZERO);
    }

    private static Schema bool(String description) {
        return OASFactory.createSchema().addType(SchemaType.BOOLEAN).description(description);
    }

    private static Schema text(String description) {
        return OASFactory.createSchema().addType(SchemaType.STRING).description(description);
    }
}
