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
                .description("Whether the upstream charges; \"unknown\" where it was sent and no answer came, and, where the"
                        + " gateway is told to send again what may have been charged (retry-unknown), in place of false"
                        + " after that.")
                .enumeration(List.of(true, false, "unknown"));
    }

    /** All members of problems. More may follow: RFC 9457 requires clients to ignore unknown members. */
    static Schema problem() {
        return OASFactory.createSchema().addType(SchemaType.OBJECT)
                .description("A problem document (RFC 9457). Programs go by type.")
                .required(List.of("type", "status", "title", "detail", "charged"))
                .addProperty("type", text("Stable name of the problem.").format("uri"))
                .addProperty("status", integer().description("The status of the answer."))
                .addProperty("title", text("What happened, for people."))
                .addProperty("detail", text("What to do about it, for people."))
                .addProperty("charged", ref("Charged"))
                .addProperty("shared", bool("Whether another request was told of this same charge."))
                .addProperty("reused", bool("Whether an earlier question ended like this, and this one was not asked again."))
                .addProperty("ageSeconds", integer().description("Where it is reused: how long ago that was."))
                .addProperty("waitedMillis", integer().description("How long it waited to be sent, or for nothing."))
                .addProperty("attempts", integer().description("How often it was tried to send it."))
                .addProperty("unknownAttempts",
                        integer().description("Where it is more than none: how many earlier attempts may"
                                + " have been charged, too."))
                .addProperty("upstreamCode", text("Where the upstream refused: its error code."))
                .addProperty("requestId", text("Where the upstream refused: its id of the answer."))
                .addProperty("errors", OASFactory.createSchema().addType(SchemaType.ARRAY).items(violation()));
    }

    private static Schema violation() {
        return OASFactory.createSchema().addType(SchemaType.OBJECT).required(List.of("detail", "pointer"))
                .addProperty("detail", text("The rule that is broken."))
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
