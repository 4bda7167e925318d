package io.cardverification.cloudapi;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.cardverification.testing.SamplePerson;
import io.cardverification.testing.SharedProcessors;
import io.cardverification.testing.Spans;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;

/** The content of traces at both APIs. */
@QuarkusTest
@TestProfile(SharedProcessors.class)
class TracesTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLERS_SPAN = "00f067aa0ba902b7";

    @ConfigProperty(name = "gateway.sandbox.port")
    int sandboxPort;

    @Inject
    Spans spans;

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private void sandbox(String rules) {
        given().port(sandboxPort).contentType(ContentType.JSON).body(rules).patch("/_sandbox/settings").then().statusCode(200);
    }

    @BeforeEach
    void forget() {
        spans.forget();
    }

    /** No span of any test contains personal data. */
    @AfterEach
    void no_span_has_personal_data() {
        sandbox("{\"latencyMicros\":0,\"faults\":[]}");
        assertThat(spans.finished()).isNotEmpty()
                .allSatisfy(span -> assertThat(span.toString()).doesNotContain("6226090210146748", "62229000000000", "Wei",
                        "Xiaobao", "11204416541220243X", "AKID", "?", "verifications", "Exception"));
    }

    private CompletableFuture<HttpResponse<String>> ask(String card, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + "/v1/verifications"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        SamplePerson.json(card)));
        return client.sendAsync((headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString());
    }

    private List<SpanData> named(String name) {
        return spans.finished().stream().filter(span -> span.getName().equals(name)).toList();
    }

    private static String text(SpanData span, String key) {
        return String.valueOf(span.getAttributes().get(AttributeKey.stringKey(key)));
    }

    @Test
    void request_continues_the_callers_trace() throws Exception {
        ask("6226090210146748", "traceparent", "00-" + TRACE + "-" + CALLERS_SPAN + "-01", "baggage",
                "card=6226090210146748").get(60, TimeUnit.SECONDS);

        assertThat(spans.finished()).hasSize(2).allSatisfy(span -> assertThat(span.getTraceId()).isEqualTo(TRACE));
        var question = named("verify").get(0);
        assertThat(question.getKind()).isEqualTo(SpanKind.SERVER);
        assertThat(question.getParentSpanId()).isEqualTo(CALLERS_SPAN);
        assertThat(text(question, "gateway.api")).isEqualTo("rest");
        assertThat(text(question, "gateway.outcome")).isEqualTo("passed");
        assertThat(text(question, "gateway.charge")).isEqualTo("charged");
        assertThat(question.getEvents()).singleElement().satisfies(event -> {
            assertThat(event.getName()).isEqualTo("permit granted");
            assertThat(event.getAttributes().get(AttributeKey.stringKey("gateway.lane"))).isEqualTo("interactive");
            assertThat(event.getAttributes().get(AttributeKey.longKey("gateway.waited_millis"))).isNotNegative();
        });
        var wire = named("BankCardVerification").get(0);
        assertThat(wire.getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(wire.getParentSpanId()).isEqualTo(question.getSpanId());
        assertThat(text(wire, "gateway.charge")).isEqualTo("charged");
        assertThat(text(wire, "tencentcloud.request_id")).hasSize(36);
    }

    @Test
    void sdk_request_in_a_query_leaves_no_data_in_spans() {
        var query = SignedCall.v1("GET", RestAssured.port,
                Map.of("IdCard", "11204416541220243X", "Name", "Wei Xiaobao", "BankCard", "6226090210146748"));
        given().urlEncodingEnabled(false).get("/?" + query).then().statusCode(200);
        given().get("/6226090210146748?Name=Wei").then().statusCode(404);

        assertThat(text(named("verify").get(0), "gateway.api")).isEqualTo("cloudapi");
        assertThat(text(named("verify").get(0), "gateway.caller")).isEqualTo("example");
        assertThat(spans.finished()).hasSize(2);
    }

    @Test
    void shared_request_links_to_the_first_request() throws Exception {
        sandbox("{\"latencyMicros\":2000000}");
        var requests = IntStream.range(0, 5).mapToObj(i -> ask("6226090210146748")).toList();
        CompletableFuture.allOf(requests.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);

        var wire = named("BankCardVerification");
        assertThat(wire).hasSize(1);
        assertThat(named("verify")).hasSize(5)
                .filteredOn(question -> !question.getSpanId().equals(wire.get(0).getParentSpanId()))
                .hasSize(4).allSatisfy(sharer -> assertThat(sharer.getLinks()).singleElement()
                        .satisfies(link -> assertThat(link.getSpanContext().getSpanId())
                                .isEqualTo(wire.get(0).getParentSpanId())));
    }

    @Test
    void rejection_is_an_error_with_its_reason() throws Exception {
        ask("6222900000000040").get(60, TimeUnit.SECONDS);

        assertThat(spans.finished()).hasSize(2)
                .allSatisfy(span -> assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR))
                .allSatisfy(span -> assertThat(text(span, "gateway.outcome")).isEqualTo("account-refused"));
        assertThat(text(named("BankCardVerification").get(0), "tencentcloud.error_code"))
                .isEqualTo("UnauthorizedOperation.Arrears");
    }

    @Test
    void each_attempt_is_a_span() throws Exception {
        sandbox("{\"faults\":[\"2x error InternalError\"]}");
        ask("6226090210146748", "Priority", "u=6").get(60, TimeUnit.SECONDS);

        assertThat(named("BankCardVerification")).extracting(span -> text(span, "gateway.outcome"))
                .containsExactly("upstream-failed", "upstream-failed", "passed");
        assertThat(named("BankCardVerification")).extracting(span -> span.getAttributes().get(AttributeKey.longKey(
                "gateway.attempt"))).containsExactly(1L, 2L, 3L);
        assertThat(named("verify")).singleElement().satisfies(question -> {
            assertThat(question.getEvents()).hasSize(3)
                    .allSatisfy(event -> assertThat(event.getAttributes().get(AttributeKey.stringKey("gateway.lane")))
                            .isEqualTo("batch"));
            assertThat(text(question, "gateway.outcome")).isEqualTo("passed");
        });
    }

    @Test
    void invalid_trace_headers_are_ignored() throws Exception {
        var answer = ask("6226090210146748", "traceparent", "Wei Xiaobao 6226090210146748", "tracestate", "x=6226090210146748")
                .get(60, TimeUnit.SECONDS);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(named("verify").get(0).getParentSpanContext().isValid()).isFalse();
    }
}
