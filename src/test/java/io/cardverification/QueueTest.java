package io.cardverification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import java.io.IOException;
import java.net.Socket;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import io.cardverification.testing.ManagementClient;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** Waiting, over HTTP: one request may leave, and the next one in an hour. */
@QuarkusTest
@TestProfile(QueueFixture.OneInAnHour.class)
class QueueTest extends QueueFixture {

    @Test
    void first_request_does_not_wait() {
        Objects.requireNonNull(first).statusCode(200).body("waitedMillis", is(0))
                .header("RateLimit-Policy", "\"upstream\";q=1;w=3600").header("RateLimit",
                        matchesPattern("\"upstream\";r=0;t=3[56][0-9]{2}"));
    }

    @Test
    void rejects_at_once_when_predicted_wait_exceeds_preference() {
        var refused = asking(2).header("Prefer", "wait=5").post("/v1/verifications").then().statusCode(503)
                .header("Preference-Applied", "wait=5")
                .body("type", is("urn:problem:card-verification:queue-full"), "charged", is(false)).extract();
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(3_400, 3_600);
        asking(2).header("Prefer", "wait=999999").header("Content-Type", "text/plain").post("/v1/verifications").then()
                .statusCode(415).header("Preference-Applied", "wait=10800");
    }

    @Test
    void rejects_a_request_that_may_not_wait() {
        var before = rejected();
        asking(3).header("Prefer", "wait=0").post("/v1/verifications").then().statusCode(503)
                .body("waitedMillis", is(0));
        assertThat(rejected()).isEqualTo(before + 1);
    }

    @Test
    void identical_requests_wait_as_one_and_leave_separately() throws IOException {
        var first = new Socket(verifications.getHost(), verifications.getPort());
        try (var second = new Socket(verifications.getHost(), verifications.getPort())) {
            send(first, 7, "");
            send(second, 7, "");
            ManagementClient.awaitPacer("waiting.interactive", 1);
            var before = ManagementClient.pacer().getInt("cancelledBeforeSent");
            first.close();
            ManagementClient.awaitPacer("cancelledBeforeSent", before + 1);
            ManagementClient.awaitPacer("waiting.interactive", 1);
        }
        ManagementClient.awaitPacer("waiting.interactive", 0);
    }

    @Test
    void metrics_have_the_same_figures() {
        asking(10).header("Prefer", "wait=0").post("/v1/verifications").then().statusCode(503);
        assertThat(rejected()).isPositive();
        var metrics = ManagementClient.get("/q/metrics").then().statusCode(200).extract().asString();
        assertThat(metrics).contains("gateway_pacing_sent_total 1.0", "gateway_pacing_waiting{lane=\"interactive\"} 0.0",
                "gateway_pacing_waiting{lane=\"batch\"} 0.0",
                "gateway_pacing_rejected_total{reason=\"queue-full\"} " + rejected() + ".0",
                "gateway_pacing_wait_seconds_count{lane=\"interactive\"} 1.0", "gateway_pacing_window_max 1.0",
                "gateway_pacing_limit_rejected_total 0.0", "gateway_pacing_max_rate ", "gateway_pacing_margin_seconds ");
        assertThat(metrics).doesNotContain("62260902101", "Wei", "11204416541220243");
    }
}
