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
 * Puts every problem, every header and examples of all into the OpenAPI document, at build time, from the same tables that
 * answers are made of, so that the document cannot fall behind them.
 *
 * <p>
 * What no annotation can say is here; a test holds every answer of every other test to the document.
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
