package io.cardverification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.cardverification.pacing.WindowCounter;
import io.cardverification.testing.Departures;
import io.cardverification.testing.ManagementClient;
import io.cardverification.testing.SharedProcessors;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;

/** The whole way under pressure, judged by counts at the sandbox's door, which polices 20 in any second. */
@QuarkusTest
@TestProfile(SharedProcessors.class)
class BurstTest {

    private static final Duration WINDOW = Duration.ofSeconds(1);

    @TestHTTPResource("/v1/verifications")
    URI verifications;

    @ConfigProperty(name = "gateway.sandbox.port")
    int sandboxPort;

    private Set<Object> earlierRequestIds = Set.of();

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private CompletableFuture<HttpResponse<String>> ask(int who) {
        return client.sendAsync(HttpRequest.newBuilder(verifications).header("Content-Type", "application/json")
                .POST(BodyPublishers
                        .ofString("{\"bankCard\":\"62260902101%05d\",\"name\":\"Wei\",\"idCard\":\"11204416541220243X\"}"
                                .formatted(who)))
                .build(), BodyHandlers.ofString());
    }

    private JsonPath all() throws Exception {
        return new JsonPath(client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + sandboxPort + "/_sandbox/requests")).build(),
                BodyHandlers.ofString()).body());
    }

    /** Two windows, so that no class has to be loaded, on either side, between a departure and its arrival. */
    @BeforeEach
    void warmUp() throws Exception {
        earlierRequestIds = new HashSet<>(all().getList("requests.requestId"));
        Departures.forget();
        askedBy(IntStream.range(0, 40));
    }

    /** @return the request ids of their answers */
    private Set<String> askedBy(IntStream callers) throws Exception {
        var answers = callers.mapToObj(this::ask).toList();
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
        var ids = new HashSet<String>();
        for (var answer : answers) {
            assertThat(answer.get().statusCode()).as(answer.get().body()).isEqualTo(200);
            ids.add(new JsonPath(answer.get().body()).getString("requestId"));
        }
        return ids;
    }

    @Test
    void burst_of_200_is_answered_without_rejection() throws Exception {
        var ids = askedBy(IntStream.range(0, 200));

        assertThat(ids).hasSize(200);
        assertThat(admitted()).hasSize(240).containsAll(ids);
        assertThat(WindowCounter.largestCountIn(WINDOW, Departures.atNanos())).isEqualTo(20);
        var arrivedNanos = arrivals().stream().map(arrival -> Long.valueOf(String.valueOf(arrival.get("receivedNanos"))))
                .toList();
        assertThat(arrivedNanos).hasSameSizeAs(Departures.atNanos());
        assumeThat(jitter(arrivedNanos)).isLessThan(SharedProcessors.MARGIN);
        assertThat(arrivedNanos).hasSize(240);
        assertThat(WindowCounter.largestCountIn(WINDOW, arrivedNanos)).isEqualTo(20);
    }

    /** The arrivals of this test. */
    private List<Map<String, Object>> arrivals() throws Exception {
        return all().<Map<String, Object>> getList("requests").stream()
                .filter(arrival -> !earlierRequestIds.contains(arrival.get("requestId"))).toList();
    }

    private List<String> admitted() throws Exception {
        return arrivals().stream().filter(arrival -> Boolean.FALSE.equals(arrival.get("rejected")))
                .map(arrival -> String.valueOf(arrival.get("requestId"))).toList();
    }

    /**
     * By how much the way to the sandbox's door varied: on a machine that stands still for longer than the margin, refusals are
     * no fault of the pacer's.
     */
    private static Duration jitter(List<Long> arrivedNanos) {
        var departedNanos = Departures.atNanos();
        var delays = IntStream.range(0, arrivedNanos.size())
                .mapToLong(each -> arrivedNanos.get(each) - departedNanos.get(each)).summaryStatistics();
        return Duration.ofNanos(delays.getMax() - delays.getMin());
    }

    @Test
    void disconnected_caller_is_never_sent() throws Exception {
        var before = ManagementClient.pacer();
        var patient = IntStream.range(0, 60).mapToObj(this::ask).toList();
        ManagementClient.awaitPacer("came", now -> came(now) - came(before), 60);
        var leaving = IntStream.range(60, 100).mapToObj(this::ask).toList();
        ManagementClient.awaitPacer("came", now -> came(now) - came(before), 100);
        leaving.forEach(caller -> caller.cancel(true));
        ManagementClient.awaitPacer("left", now -> left(now) - left(before), 40);
        CompletableFuture.allOf(patient.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
        var last = ask(100).get(60, TimeUnit.SECONDS);

        // The last one came after the others had left, so by now all that will ever be sent has arrived.
        assertThat(admitted()).hasSize(101).endsWith(new JsonPath(last.body()).getString("requestId"));
    }

    private static int came(JsonPath now) {
        return now.getInt("waiting.interactive") + now.getInt("sent") + left(now);
    }

    private static int left(JsonPath now) {
        return now.getInt("cancelledBeforeSent");
    }
}
