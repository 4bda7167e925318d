package io.cardverification.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.cardverification.testing.SamplePerson;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;

/** The validator finds invalid responses of every test. */
@QuarkusTest
class OpenApiValidatorTest {

    private static final String GOOD = SamplePerson.json();
    private static final Map<String, String> QUOTA = Map.of("RateLimit-Policy", "\"upstream\";q=20;w=1", "RateLimit",
            "\"upstream\";r=0;t=3", "Gateway-Upstream", "sandbox");

    /** An undocumented route. */
    @Singleton
    static final class UndocumentedRoute {
        void register(@Observes Router router) {
            router.get("/v1/lies").handler(exchange -> exchange.response().setStatusCode(418).end("{}"));
        }
    }

    private static Map<String, String> with(String name, String value) {
        var headers = new HashMap<>(QUOTA);
        headers.put(name, value);
        return headers;
    }

    private static List<String> answer(Consumer<JsonObject> change) {
        var answer = new JsonObject("{\"result\":\"0\",\"outcome\":\"passed\",\"description\":\"\",\"charged\":true,"
                + "\"shared\":false,\"reused\":false,\"waitedMillis\":0,\"attempts\":1,\"requestId\":\"\"}");
        change.accept(answer);
        return OpenApiValidator.published().breaches(200, with("Content-Type", "application/json;charset=UTF-8"),
                answer.encode());
    }

    private static List<String> problem(ProblemType type, Map<String, String> headers, Consumer<JsonObject> change) {
        // Parsed by REST Assured: the gateway's JSON reader rejects such deep nesting.
        var problem = new JsonObject(RestAssured.get("/q/openapi?format=json").jsonPath().<String, Object> getMap(
                "paths['/v1/verifications'].post.responses['" + type.status()
                        + "'].content['application/problem+json'].examples['"
                        + type.label() + "'].value"));
        change.accept(problem);
        return OpenApiValidator.published().breaches(type.status(), headers, problem.encode());
    }

    private static Map<String, String> headers(ProblemType type) {
        var headers = with("Content-Type", "application/problem+json");
        headers.putAll(switch (type.status()) {
            case 401 -> Map.of("WWW-Authenticate", "Bearer");
            case 405 -> Map.of("Allow", "POST");
            case 429, 503 -> Map.of("Retry-After", "3");
            default -> Map.of();
        });
        return headers;
    }

    @Test
    void documented_response_is_valid() {
        assertThat(answer(same -> {
        })).isEmpty();
        assertThat(answer(reused -> reused.put("reused", true).put("ageSeconds", 7).put("charged", "unknown"))).isEmpty();
    }

    @Test
    void unknown_missing_or_mistyped_member_is_invalid() {
        assertThat(answer(answer -> answer.put("name", "Wei"))).singleElement().asString().contains("'name'");
        assertThat(answer(answer -> answer.remove("charged"))).singleElement().asString().contains("'charged'");
        assertThat(answer(answer -> answer.put("attempts", "1"))).singleElement().asString().contains("/attempts");
        assertThat(answer(answer -> answer.put("outcome", "maybe"))).singleElement().asString().contains("/outcome");
        assertThat(answer(answer -> answer.put("charged", "perhaps"))).singleElement().asString().contains("/charged");
        assertThat(answer(answer -> answer.putNull("requestId"))).singleElement().asString().contains("/requestId");
    }

    @ParameterizedTest
    @EnumSource(ProblemType.class)
    void every_problem_is_valid_only_with_its_own_type(ProblemType type) {
        assertThat(problem(type, headers(type), same -> {
        })).isEmpty();
        assertThat(problem(type, headers(type), all -> all.put("charged", "unknown").put("shared", true).put("reused", true)
                .put("ageSeconds", 7).put("waitedMillis", 7).put("attempts", 2).put("unknownAttempts", 1)
                .put("upstreamCode", "InternalError").put("requestId", "").put("errors", List.of()))).isEmpty();
        var another = Arrays.stream(ProblemType.values()).filter(each -> each.status() != type.status()).findFirst();
        assertThat(problem(type, headers(type), wrong -> wrong.put("type", another.orElseThrow().uri().toString())))
                .singleElement().asString().contains("/type");
        assertThat(problem(type, headers(type), wrong -> wrong.put("status", 418))).singleElement().asString()
                .contains("/status");
        assertThat(problem(type, headers(type), wrong -> wrong.put("instance", "/v1/verifications"))).singleElement()
                .asString().contains("'instance'");
        assertThat(problem(type, headers(type), wrong -> wrong.remove("detail"))).singleElement().asString()
                .contains("'detail'");
    }

    @Test
    void unknown_missing_or_malformed_header_is_invalid() {
        var type = ProblemType.QUEUE_FULL;
        var headers = headers(type);
        headers.put("Gateway-Caller", "billing");
        headers.put("Retry-After", "soon");
        headers.remove("RateLimit");
        assertThat(problem(type, headers, same -> {
        })).containsExactlyInAnyOrder("header Gateway-Caller is not documented", "header RateLimit is missing",
                "Retry-After : unknown found, integer expected");
    }

    @Test
    void undocumented_status_or_content_type_is_invalid() {
        assertThat(OpenApiValidator.published().breaches(418, QUOTA, "{}")).containsExactly("status 418 is not documented");
        assertThat(OpenApiValidator.published().breaches(404, with("content-type", "text/html"), "<html>"))
                .containsExactly("content type text/html is not documented for 404");
    }

    @Test
    void every_response_to_rest_assured_is_validated() {
        assertThatThrownBy(() -> given().get("/v1/lies")).isInstanceOf(AssertionError.class)
                .hasMessageContaining("status 418 is not documented");
        given().contentType(ContentType.JSON).body(GOOD).post("/v1/verifications").then().statusCode(200);
    }
}
