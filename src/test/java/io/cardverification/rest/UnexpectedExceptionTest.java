package io.cardverification.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.container.ContainerRequestContext;

import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;

/** Exceptions that the gateway does not expect: one problem document, and no personal value in it. */
@QuarkusTest
class UnexpectedExceptionTest {

    private static final String PERSON = "Wei Xiaobao";
    private static final String GOOD = "{\"bankCard\":\"6226090210146748\",\"name\":\"Wei Xiaobao\",\"idCard\":\"11204416541220243X\"}";

    /** Throws what the header of a test's request asks for. */
    static final class ThrowingFilter {
        @ServerRequestFilter
        void fail(ContainerRequestContext context) throws Exception {
            if (context.getHeaders().containsKey("Test-Throws")) {
                throw context.getHeaderString("Test-Throws").equals("unchecked")
                        ? new IllegalStateException(PERSON, new IllegalArgumentException(PERSON))
                        : new Exception(PERSON);
            }
        }
    }

    private static Response ask(String thrown) {
        return given().contentType(ContentType.JSON).body(GOOD).header("Test-Throws", thrown).post("/v1/verifications");
    }

    @ParameterizedTest
    @ValueSource(strings = { "unchecked", "checked" })
    void any_exception_is_a_500_that_leaves_the_charge_unknown(String thrown) {
        var answer = ask(thrown);
        answer.then().statusCode(500).contentType("application/problem+json");
        assertThat(answer.asString()).isEqualTo("{\"type\":\"urn:problem:card-verification:defect\",\"status\":500,"
                + "\"title\":\"The gateway has a defect\",\"detail\":\"It may have been sent and charged; find out before you ask"
                + " again, and tell the gateway's developers.\",\"charged\":\"unknown\"}");
    }
}
