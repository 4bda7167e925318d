package io.cardverification;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

/** The packaged gateway, killed by {@code kill -9} at each step of a request and started again. */
class KilledGatewayIT extends KilledGatewayFixture {

    private static final String CARD = "6222000000000000";
    private static final String OTHER_CARD = "6222000000000001";

    @Test
    void departure_that_is_not_committed_is_sent_after_a_restart() throws Exception {
        startGateway();
        var lock = store.lock();
        var cut = send(CARD, "a");
        gateway.await(manage("metrics"), "gateway_store_pending 1.0");
        kill(cut);
        lock.close();
        assertThat(chargedNow()).isZero();

        gateway.start();
        assertThat(body(answer(CARD, "a")).getValue("charged")).isEqualTo(true);
        assertThat(chargedNow()).isEqualTo(1);
        assertThat(recordedCharges()).containsExactly("charged");
        assertThat(log()).doesNotContain("A gateway ended before the response");
    }

    /** The server accepts no connection, so the handshake never ends. */
    @Test
    void committed_departure_without_a_byte_sent_is_unknown() throws Exception {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            startGateway("-Dgateway.upstream.endpoint=https://localhost:" + silent.getLocalPort());
            var cut = send(CARD, "a");
            awaitDepartures(1, "null");
            kill(cut);
        }
        startGateway();
        assertInterrupted(answer(CARD, "a"));
        assertThat(chargedNow()).isZero();
        assertThat(recordedCharges()).containsExactly("unknown");
    }

    @Test
    void sent_request_without_a_response_is_never_sent_again() throws Exception {
        startGateway();
        answerNothingNext();
        var cut = send(CARD, "a");
        awaitCharges(1);
        kill(cut);
        gateway.start();
        assertInterrupted(answer(CARD, "a"));
        gateway.kill();
        gateway.start();
        assertInterrupted(answer(CARD, "a"));
        assertThat(answer(OTHER_CARD, "a").statusCode()).as("other values").isEqualTo(422);
        assertThat(chargedNow()).isEqualTo(1);

        assertThat(recordedCharges()).containsExactly("unknown", "not-sent");
        assertThat(store.ledger().get(0).getString("error")).isEqualTo("interrupted");
        assertThat(store.rows("select charges from spend")).extracting(row -> row.getInteger("charges")).containsExactly(1);
        assertThat(Files.readAllLines(folder.resolve("ledger.jsonl"))).first().asString()
                .contains("\"error\":\"interrupted\"", "\"charge\":\"unknown\"");
        assertThat(log()).containsOnlyOnce("A gateway ended before the response to a request of caller example")
                .doesNotContain(CARD);
    }

    @Test
    void response_whose_record_is_not_written_becomes_unknown() throws Exception {
        startGateway();
        sandbox.pause();
        var answer = send(CARD, "a");
        awaitDepartures(1, "null");
        var lock = store.lock();
        sandbox.resume();
        assertThat(body(answer.get(60, TimeUnit.SECONDS)).getValue("charged")).isEqualTo(true);
        gateway.kill();
        lock.close();

        gateway.start();
        assertInterrupted(answer(CARD, "a"));
        assertThat(chargedNow()).isEqualTo(1);
        assertThat(recordedCharges()).containsExactly("unknown");
    }

    @Test
    void recorded_response_is_replayed_after_a_restart() throws Exception {
        startGateway();
        var first = body(answer(CARD, "a"));
        awaitDepartures(1, "not null");
        gateway.kill();
        gateway.start();
        var second = body(answer(CARD, "a"));
        assertThat(second.getString("requestId")).isEqualTo(first.getString("requestId"));
        assertThat(second.getBoolean("reused")).isTrue();
        assertThat(chargedNow()).isEqualTo(1);
        assertThat(recordedCharges()).containsExactly("charged");
        assertThat(log()).doesNotContain("A gateway ended before the response");
    }

    @Test
    void waiting_request_is_sent_after_a_restart() throws Exception {
        startGateway("-Dgateway.pacing.limit=1", "-Dgateway.pacing.window=1h", "-Dgateway.pacing.max-wait=2h");
        assertThat(answer(CARD, "a").statusCode()).isEqualTo(200);
        var cut = send(OTHER_CARD, "b");
        gateway.await(manage("pacing"), "\"interactive\":1");
        kill(cut);
        gateway.start();
        assertThat(body(answer(OTHER_CARD, "b")).getValue("charged")).isEqualTo(true);
        assertThat(chargedNow()).isEqualTo(2);
        assertThat(recordedCharges()).containsExactly("charged", "charged");
    }

    @Test
    void interrupted_key_is_sent_again_if_configured() throws Exception {
        startGateway("-Dgateway.upstream.retry-unknown=true");
        answerNothingNext();
        var cut = send(CARD, "a");
        awaitCharges(1);
        kill(cut);
        gateway.start();
        assertThat(body(answer(CARD, "a")).getValue("charged")).isEqualTo(true);
        assertThat(chargedNow()).isEqualTo(2);
        assertThat(recordedCharges()).containsExactly("unknown", "charged");
        assertThat(store.rows("select charges from spend")).extracting(row -> row.getInteger("charges")).containsExactly(2);
    }

    @Test
    void daily_limit_includes_interrupted_requests() throws Exception {
        startGateway("-Dgateway.callers.named.example.charges-per-day=2");
        assertThat(answer(CARD, "a").statusCode()).isEqualTo(200);
        awaitDepartures(1, "not null");
        answerNothingNext();
        var cut = send(OTHER_CARD, "b");
        awaitCharges(2);
        kill(cut);
        gateway.start();
        var rejected = answer("6222000000000002", "c");
        assertThat(rejected.statusCode()).isEqualTo(429);
        assertThat(rejected.body()).contains("daily-limit-exceeded", "\"charged\":false");
        assertInterrupted(answer(OTHER_CARD, "b"));
        assertThat(answer(CARD, "a").statusCode()).isEqualTo(200);
        assertThat(chargedNow()).isEqualTo(2);
        assertThat(recordedCharges()).containsExactly("charged", "unknown", "not-sent");
    }
}
