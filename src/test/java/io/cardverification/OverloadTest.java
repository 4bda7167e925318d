package io.cardverification;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

import io.cardverification.testing.ManagementClient;
import io.cardverification.testing.SharedProcessors;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** A hundred times what a second lets through, all at once, judged by counts alone: no time is measured here. */
@QuarkusTest
@TestProfile(SharedProcessors.class)
class OverloadTest {

    private static final int CALLERS = 2_000;

    @TestHTTPResource("/v1/verifications")
    URI verifications;

    @ConfigProperty(name = "gateway.sandbox.port")
    int sandboxPort;

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private CompletableFuture<HttpResponse<String>> ask(int card) {
        return client.sendAsync(
                HttpRequest.newBuilder(verifications).header("Content-Type", "application/json").header("Prefer", "wait=2")
                        .POST(BodyPublishers.ofString(String.format(Locale.ROOT,
                                "{\"bankCard\":\"62260902101%05d\",\"name\":\"Wei\",\"idCard\":\"11204416541220243X\"}", card)))
                        .build(),
                BodyHandlers.ofString());
    }

    private int charged() {
        return given().port(sandboxPort).get("/_sandbox/counters").jsonPath().getInt("charged");
    }

    @Test
    void every_request_is_answered_and_successes_are_charged() throws Exception {
        var before = charged();
        var asked = IntStream.range(0, CALLERS).mapToObj(this::ask).toList();
        CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new)).get(120, TimeUnit.SECONDS);
        var verified = new ArrayList<HttpResponse<String>>();
        var refused = new ArrayList<HttpResponse<String>>();
        for (var each : asked) {
            (each.get().statusCode() == 200 ? verified : refused).add(each.get());
        }

        assertThat(verified).hasSizeGreaterThan(20)
                .allSatisfy(answer -> assertThat(answer.body()).contains("\"charged\":true"));
        assertThat(refused).isNotEmpty().allSatisfy(answer -> {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(answer.headers().firstValue("RateLimit")).isPresent();
            assertThat(answer.body()).contains("urn:problem:card-verification:", "\"charged\":false");
        });
        assertThat(charged() - before).isEqualTo(verified.size());
        var pacing = ManagementClient.pacer();
        assertThat(pacing.getInt("waiting.interactive") + pacing.getInt("waiting.batch")).isZero();
    }
}
