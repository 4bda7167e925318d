package io.cardverification.rest;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.examples.Example;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

import io.cardverification.verification.Charge;
import io.cardverification.verification.Outcome;
import io.cardverification.verification.ResultCode;
import io.quarkus.smallrye.openapi.OpenApiFilter;

/**
 * Puts an example of every outcome and every problem into the OpenAPI document, at build time, from the same tables that
 * answers are made of, so that the document cannot fall behind them.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class OpenApiExamples implements OASFilter {

    private static final String JSON = "application/json";
    private static final String PROBLEM_JSON = "application/problem+json";
    private static final String REQUEST_ID = "a5fdb909-5ee6-43ff-a152-bb1b9744ee8b";

    private static final Set<ProblemType> UNKNOWN_CHARGE = Set.of(ProblemType.UPSTREAM_SILENT, ProblemType.UPSTREAM_NONSENSE,
            ProblemType.DEFECT);

    private static final Map<ProblemType, String> UPSTREAM_CODES = Map.of(
            ProblemType.INPUT_REFUSED, "InvalidParameterValue",
            ProblemType.LIMIT_EXCEEDED, "RequestLimitExceeded",
            ProblemType.UPSTREAM_FAILED, "FailedOperation.UnKnown",
            ProblemType.UPSTREAM_UNAVAILABLE, "ServiceUnavailable",
            ProblemType.CREDENTIALS_REFUSED, "AuthFailure.SignatureFailure",
            ProblemType.ACCOUNT_REFUSED, "UnauthorizedOperation.Arrears",
            ProblemType.PROTOCOL_REFUSED, "NoSuchVersion");

    @Override
    public void filterOpenAPI(OpenAPI document) {
        var operation = document.getPaths().getPathItem("/v1/verifications").getPOST();
        document.getComponents().addSchema("Problem", problemSchema());
        requests(operation);
        answers(operation);
        problems(operation);
    }

    private static void requests(Operation operation) {
        var content = operation.getRequestBody().getContent().getMediaType(JSON);
        content.addExample("passed", example("The API page's first example", question(" 6226090210146748")));
        content.addExample("mismatch", example("The API page's second example", question(" 6225768888888888")));
    }

    private static Map<String, Object> question(String bankCard) {
        return members("bankCard", bankCard, "name", "Wei Xiaobao", "idCard", "11204416541220243X");
    }

    private static void answers(Operation operation) {
        var content = operation.getResponses().getAPIResponse("200").getContent().getMediaType(JSON);
        for (var outcome : Outcome.values()) {
            var code = Arrays.stream(ResultCode.values()).filter(each -> each.outcome() == outcome).findFirst().orElseThrow();
            content.addExample(outcome.toString(), example(code.description(), members(
                    "result", code.code(),
                    "outcome", outcome.toString(),
                    "description", code.description(),
                    "charged", code.charge() == Charge.CHARGED,
                    "shared", false,
                    "reused", false,
                    "waitedMillis", 0,
                    "attempts", 1,
                    "requestId", REQUEST_ID)));
        }
    }

    private static void problems(Operation operation) {
        for (var type : ProblemType.values()) {
            var status = Integer.toString(type.status());
            var response = operation.getResponses().getAPIResponse(status);
            if (response == null || response.getContent() == null || !response.getContent().hasMediaType(PROBLEM_JSON)) {
                response = OASFactory.createAPIResponse().description("Problem").content(problemContent());
                operation.getResponses().addAPIResponse(status, response);
            }
            response.getContent().getMediaType(PROBLEM_JSON)
                    .addExample(type.word(), example(type.title(), problem(type)));
        }
        operation.getResponses().getAPIResponse("503").addHeader("Retry-After", OASFactory.createHeader()
                .description("Seconds after which the same request may succeed.")
                .schema(OASFactory.createSchema().addType(SchemaType.INTEGER)));
    }

    private static Content problemContent() {
        return OASFactory.createContent().addMediaType(PROBLEM_JSON,
                OASFactory.createMediaType().schema(OASFactory.createSchema().ref("#/components/schemas/Problem")));
    }

    private static Map<String, Object> problem(ProblemType type) {
        var problem = members("type", type.uri().toString(), "status", type.status(), "title", type.title(), "detail",
                type.remedy(), "charged", false);
        if (type == ProblemType.INVALID_REQUEST) {
            problem.put("detail", "bankCard must be 10 to 19 digits");
            problem.put("errors", List.of(members("detail", "must be 10 to 19 digits", "pointer", "#/bankCard")));
        }
        if (UNKNOWN_CHARGE.contains(type)) {
            problem.put("charged", "unknown");
        }
        var code = UPSTREAM_CODES.get(type);
        if (code != null) {
            problem.put("upstreamCode", code);
            problem.put("requestId", REQUEST_ID);
        }
        return problem;
    }

    private static Schema problemSchema() {
        return OASFactory.createSchema().addType(SchemaType.OBJECT)
                .description("A problem document (RFC 9457). Programs go by type.")
                .required(List.of("type", "status", "title", "detail", "charged"))
                .addProperty("type", string("Stable name of the problem.").format("uri"))
                .addProperty("status", OASFactory.createSchema().addType(SchemaType.INTEGER))
                .addProperty("title", string("What happened, for people."))
                .addProperty("detail", string("What to do about it, for people."))
                .addProperty("charged", OASFactory.createSchema()
                        .description("Whether the upstream charges; \"unknown\" where it was sent and no answer came.")
                        .addType(SchemaType.BOOLEAN).addType(SchemaType.STRING))
                .addProperty("shared", bool("Whether another caller was told of this same request."))
                .addProperty("reused", bool("Whether an earlier question ended like this, and this one was not asked again."))
                .addProperty("ageSeconds", whole("Where it is reused: how long ago that was."))
                .addProperty("waitedMillis", whole("How long it waited to be sent, or for nothing."))
                .addProperty("attempts", whole("How often it was tried to send it."))
                .addProperty("unknownAttempts", whole("Where it is more than none: how many earlier attempts may have been"
                        + " charged, too."))
                .addProperty("upstreamCode", string("Where the upstream refused: its error code."))
                .addProperty("requestId", string("Where the upstream refused: its id of the answer."))
                .addProperty("errors", OASFactory.createSchema().addType(SchemaType.ARRAY)
                        .items(OASFactory.createSchema().addType(SchemaType.OBJECT)
                                .required(List.of("detail", "pointer"))
                                .addProperty("detail", string("The rule that is broken."))
                                .addProperty("pointer", string("JSON pointer to the member."))));
    }

    private static Schema bool(String description) {
        return OASFactory.createSchema().addType(SchemaType.BOOLEAN).description(description);
    }

    private static Schema whole(String description) {
        return OASFactory.createSchema().addType(SchemaType.INTEGER).description(description);
    }

    private static Schema string(String description) {
        return OASFactory.createSchema().addType(SchemaType.STRING).description(description);
    }

    private static Example example(String summary, Object value) {
        return OASFactory.createExample().summary(summary).value(value);
    }

    private static Map<String, Object> members(Object... namesAndValues) {
        var members = new LinkedHashMap<String, Object>();
        for (var i = 0; i < namesAndValues.length; i += 2) {
            members.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return members;
    }
}
