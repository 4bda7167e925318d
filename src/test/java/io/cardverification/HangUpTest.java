package io.cardverification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.cardverification.testing.HangUp;
import io.cardverification.testing.LedgerLines;
import io.cardverification.testing.ManagementClient;
import io.cardverification.testing.RawHttp2;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;

/** Callers that hang up leave the queue, over HTTP/1.1 and HTTP/2, at both APIs. */
@QuarkusTest
@TestProfile(QueueFixture.OneInAnHour.class)
class HangUpTest extends QueueFixture {

    @Test
    void http_1_disconnect_leaves_the_queue() throws IOException {
        var before = ManagementClient.pacer().getInt("cancelledBeforeSent");
        try (var socket = new Socket(verifications.getHost(), verifications.getPort())) {
            send(socket, 4, "Priority: u=5\r\n");
            ManagementClient.awaitPacer("waiting.batch", 1);
        }
        ManagementClient.awaitPacer("waiting.batch", 0);
        ManagementClient.awaitPacer("cancelledBeforeSent", before + 1);
    }

    @Test
    void http_2_reset_leaves_the_queue_and_other_streams_stay() throws Exception {
        var before = ManagementClient.pacer().getInt("cancelledBeforeSent");
        var client = vertx.createHttpClient(new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false));
        try {
            var stays = send(client, 5);
            var leaves = send(client, 6);
            ManagementClient.awaitPacer("waiting.interactive", 2);
            leaves.reset(8);
            ManagementClient.awaitPacer("waiting.interactive", 1);
            ManagementClient.awaitPacer("cancelledBeforeSent", before + 1);
            stays.reset(8);
            ManagementClient.awaitPacer("waiting.interactive", 0);
        } finally {
            client.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void sdk_disconnect_leaves_the_queue() throws IOException {
        var before = ManagementClient.pacer().getInt("cancelledBeforeSent");
        try (var socket = new Socket(verifications.getHost(), verifications.getPort())) {
            sendSigned(socket);
            ManagementClient.awaitPacer("waiting.interactive", 1);
        }
        ManagementClient.awaitPacer("waiting.interactive", 0);
        ManagementClient.awaitPacer("cancelledBeforeSent", before + 1);
    }

    static Stream<Arguments> hangUps() {
        return Stream.of(HangUp.values()).flatMap(behind -> Stream.of(HangUp.End.values()).flatMap(
                end -> Stream.of(true, false).map(isSdkDoor -> Arguments.of(behind, end, isSdkDoor))));
    }

    /** A half-close counts as a hang-up, too. */
    @ParameterizedTest
    @MethodSource("hangUps")
    void disconnect_is_seen_behind_any_data(HangUp behind, HangUp.End end, boolean isSdkDoor) throws Exception {
        var before = ManagementClient.pacer().getInt("cancelledBeforeSent");
        var audit = new LedgerLines();
        try (var socket = new Socket(verifications.getHost(), verifications.getPort())) {
            if (isSdkDoor) {
                sendSigned(socket);
            } else {
                send(socket, 8, "");
            }
            ManagementClient.awaitPacer("waiting.interactive", 1);
            behind.send(socket);
            HangUp.end(socket, end);
            ManagementClient.awaitPacer("cancelledBeforeSent", before + 1);
            assertThat(audit.next(1))
                    .extracting(line -> line.getBoolean("callerDisconnected"), line -> line.getString("charge"))
                    .containsExactly(tuple(true, "not-sent"));
        }
        ManagementClient.awaitPacer("waiting.interactive", 0);
        assertThat(connections()).isLessThan(CONNECTIONS);
    }

    /** A connection that ends is no longer counted. */
    private static double connections() {
        return ManagementClient.get("/q/metrics").asString().lines()
                .filter(line -> line.startsWith("http_server_active_connections"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ')))).sum();
    }

    @Test
    void http_2_goaway_leaves_the_queue() throws IOException {
        var before = ManagementClient.pacer().getInt("cancelledBeforeSent");
        try (var connection = new RawHttp2(verifications.getPort())) {
            connection.post(1, "/v1/verifications", "content-type", "application/json").data(1, true, question(9))
                    .post(3, "/v1/verifications", "content-type", "application/json").data(3, false, "{").send();
            ManagementClient.awaitPacer("waiting.interactive", 1);
            connection.frame(RawHttp2.GOAWAY, 0, 0, new byte[2 * Integer.BYTES]).send();
        }
        ManagementClient.awaitPacer("waiting.interactive", 0);
        ManagementClient.awaitPacer("cancelledBeforeSent", before + 1);
    }
}
