package io.cardverification;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import io.cardverification.testing.CuttableProxy;
import io.cardverification.testing.EmbeddedDatabase;
import io.cardverification.testing.FreePorts;
import io.cardverification.testing.PackagedGateway;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

/** A packaged gateway whose database is away, and that sends at its share meanwhile. */
class WithoutStoreIT extends PackagedGateway {

    private static final String SCHEMA = "without_store_it";
    private static final int REQUESTS = 8;

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port = FreePorts.one();

    @Test
    void sends_requests_without_a_key_and_records_them_later() throws Exception {
        EmbeddedDatabase.run("drop schema if exists " + SCHEMA + " cascade");
        var vertx = Vertx.vertx();
        Process gateway = null;
        try (var proxy = new CuttableProxy(vertx, EmbeddedDatabase.port(), false)) {
            gateway = startSandbox(port, "-Dgateway.store=postgresql", "-Dgateway.store.postgresql.port=" + proxy.port(),
                    "-Dgateway.store.postgresql.database=postgres", "-Dgateway.store.postgresql.user=" + EmbeddedDatabase.USER,
                    "-Dgateway.store.postgresql.schema=" + SCHEMA, "-Dgateway.sharing.secret=" + "without".repeat(5),
                    "-Dgateway.pacing.without-store=split", "-Dgateway.pacing.replicas-at-most=3",
                    "-Dgateway.ledger.file=ledger.jsonl");
            awaitReady(client, gateway);
            assertThat(answer(0, "Idempotency-Key", "\"before\"").statusCode()).isEqualTo(200);
            Awaitility.await("the request is recorded").until(() -> count("call where ended_at is not null") == 1);

            proxy.cut();
            var answers = IntStream.range(1, REQUESTS - 1).mapToObj(number -> PackagedGateway.ask(client, port, card(number)))
                    .toList();
            for (var answer : answers) {
                assertThat(answer.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            }
            await(client, manage("metrics"), "gateway_lease_lost 1.0", gateway);
            assertThat(answer(REQUESTS - 1).statusCode()).isEqualTo(200);
            await(client, manage("health/ready"), "the database cannot be reached", gateway);
            var refused = answer(REQUESTS, "Idempotency-Key", "\"meanwhile\"");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(new JsonObject(refused.body()).getString("type")).endsWith("store-unavailable");
            assertThat(count("ledger")).isEqualTo(1);
            assertThat(Files.readAllLines(folder.resolve("ledger.jsonl"))).hasSize(REQUESTS);

            proxy.restore();
            await(client, manage("metrics"), "gateway_lease_lost 0.0", gateway);
            await(client, manage("metrics"), "gateway_store_pending 0.0", gateway);
            assertThat(count("ledger where charge = 'charged'")).isEqualTo(REQUESTS);
            assertThat(count("call where ended_at is not null")).isEqualTo(REQUESTS);
            assertThat(EmbeddedDatabase.count("select sum(charges) from " + SCHEMA + ".spend")).isEqualTo(REQUESTS);
            assertThat(answer(REQUESTS, "Idempotency-Key", "\"meanwhile\"").statusCode()).isEqualTo(200);
        } finally {
            if (gateway != null) {
                gateway.destroyForcibly();
            }
            vertx.close();
        }
    }

    private static long count(String rows) {
        return EmbeddedDatabase.count("select count(*) from " + SCHEMA + "." + rows);
    }

    private static String card(int number) {
        return "6226%012d".formatted(number);
    }

    private HttpResponse<String> answer(int number, String... headers) throws Exception {
        return PackagedGateway.ask(client, port, card(number), headers).get(30, TimeUnit.SECONDS);
    }

    private String manage(String path) {
        return "http://localhost:" + managementPort + "/q/" + path;
    }
}
