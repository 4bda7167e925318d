package io.cardverification.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.TreeMap;

import io.quarkus.test.junit.callback.QuarkusTestBeforeEachCallback;
import io.quarkus.test.junit.callback.QuarkusTestMethodContext;
import io.restassured.RestAssured;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;

/** Validates every response of the REST API in any test with REST Assured. Registered by the service loader. */
public final class OpenApiValidationFilter implements QuarkusTestBeforeEachCallback, Filter {

    @Override
    public void beforeEach(QuarkusTestMethodContext context) {
        RestAssured.replaceFiltersWith(this);
    }

    @Override
    public Response filter(FilterableRequestSpecification request, FilterableResponseSpecification expected,
            FilterContext context) {
        var answer = context.next(request, expected);
        var uri = URI.create(request.getURI());
        if (uri.getPort() == RestAssured.port && uri.getPath().startsWith("/v1/")) {
            var headers = new TreeMap<String, String>();
            answer.headers().forEach(header -> headers.put(header.getName(), header.getValue()));
            assertThat(OpenApiValidator.published().breaches(answer.statusCode(), headers, answer.asString())).isEmpty();
        }
        return answer;
    }
}
