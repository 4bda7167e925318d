package io.cardverification.rest;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.examples.Example;

import io.cardverification.verification.Charge;
import io.cardverification.verification.ResultCategory;
import io.cardverification.verification.ResultCode;

/** Examples of every result category and problem for the OpenAPI document, from the tables that responses are made from. */
final class OpenApiExamples {

    private static final String REQUEST_ID = "a5fdb909-5ee6-43ff-a152-bb1b9744ee8b";

    private static final Set<ProblemType> UNKNOWN_CHARGE = Set.of(ProblemType.UPSTREAM_TIMEOUT,
            ProblemType.UPSTREAM_INVALID_RESPONSE,
            ProblemType.INTERNAL_ERROR);

    private static final Map<ProblemType, String> UPSTREAM_CODES = Map.of(
            ProblemType.INPUT_REFUSED, "InvalidParameterValue",
            ProblemType.LIMIT_EXCEEDED, "RequestLimitExceeded",
            ProblemType.UPSTREAM_FAILED, "FailedOperation.UnKnown",
            ProblemType.UPSTREAM_UNAVAILABLE, "ServiceUnavailable",
            ProblemType.CREDENTIALS_REFUSED, "AuthFailure.SignatureFailure",
            ProblemType.ACCOUNT_REFUSED, "UnauthorizedOperation.Arrears",
            ProblemType.PROTOCOL_REFUSED, "NoSuchVersion");

    private OpenApiExamples() {
    }

    static void requests(Operation operation) {
        var content = operation.getRequestBody().getContent().getMediaType(OpenApiContractFilter.JSON);
        content.addExample("passed", example("The API page's first example", request(" 6226090210146748")));
        content.addExample("mismatch", example("The API page's second example", request(" 6225768888888888")));
    }

    private static Map<String, Object> request(String bankCard) {
        return members("bankCard", bankCard, "name", "Wei Xiaobao", "idCard", "11204416541220243X");
    }

    static void responses(Operation operation) {
        var content = operation.getResponses().getAPIResponse("200").getContent().getMediaType(OpenApiContractFilter.JSON);
        for (var category : ResultCategory.values()) {
            var code = Arrays.stream(ResultCode.values()).filter(each -> each.category() == category).findFirst().orElseThrow();
            content.addExample(category.label(), example(code.description(), members(
                    "result", code.code(),
                    "outcome", category.label(),
                    "description", code.description(),
                    "charged", code.charge() == Charge.CHARGED,
                    "shared", false,
                    "reused", false,
                    "waitedMillis", 0,
                    "attempts", 1,
                    "requestId", REQUEST_ID)));
        }
    }

    static Example problem(ProblemType type) {
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
        return example(type.title(), problem);
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
