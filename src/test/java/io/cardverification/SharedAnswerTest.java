package io.cardverification;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.cardverification.testing.KnownCallers;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;

/** Many who ask the same at the same time, judged by the sandbox, which sees one. */
@QuarkusTest
class SharedAnswerTest {

    @TestHTTPResource("/v1/verifications")
    URI verifications;

    @ConfigProperty(name = "gateway.sandbox.port")
    int sandboxPort;

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private void sandboxThinksFor(int micros) {
        given().port(sandboxPort).contentType(ContentType.JSON).body("{\"latencyMicros\":" + micros + "}")
                .patch("/_sandbox/settings").then().statusCode(200);
    }

    private int arrivals() {
        return given().port(sandboxPort).get("/_sandbox/requests").jsonPath().getList("requests").size();
    }

    @BeforeEach
    void slow() {
        sandboxThinksFor(2_000_000);
    }

    @AfterEach
    void quick() {
        sandboxThinksFor(0);
    }

    /** Half of them have a key, and are another caller. */
    private CompletableFuture<HttpResponse<String>> ask(int number) {
        var request = HttpRequest.newBuilder(verifications).header("Content-Type", "application/json").POST(BodyPublishers
                .ofString("{\"bankCard\":\"6226090210146748\",\"name\":\"Wei\",\"idCard\":\"11204416541220243X\"}"));
        if (number % 2 == 0) {
            request.header("Authorization", "Bearer " + KnownCallers.EXAMPLE);
        }
        return client.sendAsync(request.build(), BodyHandlers.ofString());
    }

    @Test
    void they_share_one_request_one_charge_and_one_answer() throws Exception {
        var before = arrivals();
        var callers = IntStream.range(0, 10).mapToObj(this::ask).toList();
        CompletableFuture.allOf(callers.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
        assertThat(arrivals() - before).isEqualTo(1);
        var answers = callers.stream().map(caller -> new JsonPath(caller.join().body())).toList();
        assertThat(answers.stream().map(answer -> answer.getString("requestId")).distinct()).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.getBoolean("charged") && !answer.getBoolean("shared")).hasSize(1);
    }
}
