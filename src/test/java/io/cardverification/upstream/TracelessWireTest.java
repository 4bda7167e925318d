package io.cardverification.upstream;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.cardverification.testing.Spans;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;

/** Requests to the upstream have no trace headers. */
@QuarkusTest
@TestProfile(UpstreamFixture.Stubbed.class)
@QuarkusTestResource(value = StubUpstream.class, restrictToAnnotatedClass = true)
class TracelessWireTest {

    @Inject
    Spans spans;

    @Test
    void trace_headers_are_not_sent_to_the_upstream() {
        spans.forget();
        StubUpstream.RECEIVED.clear();
        StubUpstream.answers("{\"Response\":{\"Result\":\"0\",\"RequestId\":\"a5fdb909-5ee6-43ff-a152-bb1b9744ee8b\"}}");
        given().contentType(ContentType.JSON).header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                .header("tracestate", "shop=1").header("baggage", "shop=1")
                .body("{\"bankCard\":\"6226090210146748\",\"name\":\"Wei\",\"idCard\":\"11204416541220243X\"}")
                .post("/v1/verifications").then().statusCode(200);

        assertThat(spans.finished()).hasSize(2);
        assertThat(StubUpstream.RECEIVED).singleElement().satisfies(received -> assertThat(received.headers().keySet())
                .doesNotContain("traceparent", "tracestate", "baggage", "Gateway-Request-Id"));
    }
}
