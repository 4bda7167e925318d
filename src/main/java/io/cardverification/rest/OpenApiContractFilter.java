package io.cardverification.rest;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

import io.quarkus.smallrye.openapi.OpenApiFilter;

/**
 * Adds all problems, headers and examples to the OpenAPI document at build time. It uses the tables that responses are made
 * from, so the document is always up to date.
 *
 * <p>
 * This class contains only parts that annotations cannot express. A test validates every response of all other tests against
 * the document.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class OpenApiContractFilter implements OASFilter {

    static final String JSON = "application/json";
    static final String PROBLEM_JSON = "application/problem+json";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        var components = document.getComponents();
        components.addSchema("Charged", OpenApiSchemas.charged()).addSchema("Problem", OpenApiSchemas.problem());

        var operation = document.getPaths().getPathItem("/v1/verifications").getPOST();
        OpenApiExamples.requests(operation);
        OpenApiExamples.responses(operation);
        byStatus().forEach(
                (status, types) -> operation.getResponses().addAPIResponse(status.toString(), problems(status, types)));
        headers(operation, components);
    }

    private static Map<Integer, List<ProblemType>> byStatus() {
        return Arrays.stream(ProblemType.values())
                .collect(Collectors.groupingBy(ProblemType::status, TreeMap::new, Collectors.toList()));
    }

    private static APIResponse problems(int status, List<ProblemType> types) {
        var problem = OASFactory.createMediaType().schema(OpenApiSchemas.problem(status, types));
        types.forEach(type -> problem.addExample(type.label(), OpenApiExamples.problem(type)));
        return OASFactory.createAPIResponse()
                .description(types.stream().map(ProblemType::title).collect(Collectors.joining("; ", "", ".")))
                .content(OASFactory.createContent().addMediaType(PROBLEM_JSON, problem));
    }

    private static void headers(Operation operation, Components components) {
        operation.getResponses().getAPIResponses()
                .forEach((status, response) -> OpenApiHeaders.of(Integer.parseInt(status)).forEach((name, header) -> {
                    components.addHeader(name, header);
                    response.addHeader(name, OASFactory.createHeader().ref(name));
                }));
    }
}
