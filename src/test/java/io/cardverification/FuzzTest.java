package io.cardverification;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.cardverification.rest.OpenApiValidator;
import io.cardverification.testing.ManyRequests;
import io.cardverification.testing.Mutations;
import io.cardverification.testing.Mutations.Mutation;
import io.cardverification.testing.Mutations.Target;
import io.cardverification.testing.RawExchange;
import io.cardverification.testing.Scale;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/**
 * A hundred thousand mutated requests, at {@link Scale}, to both APIs and the sandbox: each is answered, in the way of its
 * door, without a 5xx,
 * and nothing of what was sent comes back or is logged.
 */
@QuarkusTest
@TestProfile(ManyRequests.class)
class FuzzTest {

    private static final int REQUESTS = Integer.getInteger("fuzz.requests", Scale.of(100_000));
    private static final long SEED = Long.getLong("fuzz.seed", 20261124);
    private static final int CONNECTIONS = 3;

    @ConfigProperty(name = "gateway.sandbox.port")
    int sandboxPort;

    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final Handler log = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            if (entry.getThrown() != null || entry.getLevel().intValue() >= Level.SEVERE.intValue()
                    || Mutations.CANARIES.stream().anyMatch(String.valueOf(entry.getMessage())::contains)) {
                logged.add(entry.getLoggerName() + ": " + entry.getMessage() + " " + entry.getThrown());
            }
        }

        @Override
        public void flush() {
            // Nothing is held back.
        }

        @Override
        public void close() {
            // Nothing was opened.
        }
    };

    @BeforeEach
    void listen() {
        sandboxLimit(60_000_000);
        Logger.getLogger("").addHandler(log);
    }

    private void sandboxLimit(int limit) {
        given().port(sandboxPort).body("{\"limit\":" + limit + "}").patch("/_sandbox/settings").then().statusCode(200);
    }

    @AfterEach
    void stopListening() {
        sandboxLimit(1_000);
        Logger.getLogger("").removeHandler(log);
    }

    @Test
    void each_api_responds_in_its_form_and_repeats_no_value() throws Exception {
        var threads = Executors.newCachedThreadPool();
        try {
            var runs = new ArrayList<Future<List<String>>>();
            for (var target : Target.values()) {
                for (var i = 0; i < CONNECTIONS; i++) {
                    var seed = SEED + runs.size();
                    runs.add(threads.submit(() -> run(target, seed, REQUESTS / (CONNECTIONS * Target.values().length) + 1)));
                }
            }
            for (var run : runs) {
                assertThat(run.get()).isEmpty();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(logged).isEmpty();
    }

    private List<String> run(Target target, long seed, int requests) throws Exception {
        var faults = new ArrayList<String>();
        var port = target == Target.SANDBOX ? sandboxPort : RestAssured.port;
        var mutations = new Mutations(new Random(seed), target, port);
        try (var connection = new RawExchange(port)) {
            for (var i = 0; i < requests && faults.size() < 10; i++) {
                var request = mutations.next();
                try {
                    var fault = fault(target, request, connection.send(request.bytes()));
                    if (!fault.isEmpty()) {
                        faults.add(target + ", seed " + seed + ", request " + i + ": " + fault);
                    }
                } catch (Exception e) {
                    faults.add(target + ", seed " + seed + ", request " + i + ": " + e);
                    return faults;
                }
            }
        }
        return faults;
    }

    /** @return what is wrong with an answer, or nothing */
    private static String fault(Target target, Mutation request, RawExchange.RawResponse answer) {
        if (target != Target.SANDBOX && !request.isUri()) {
            return answer.status() == 400 && answer.body().isEmpty() ? "" : "not the bare refusal of what is no URI: " + answer;
        }
        var all = answer.headers() + answer.body();
        if (Mutations.CANARIES.stream().anyMatch(all::contains)) {
            return "a value came back: " + all;
        }
        JsonObject body;
        try {
            body = new JsonObject(answer.body());
        } catch (DecodeException e) {
            return "no JSON object: " + answer;
        }
        // Who signs as SDKs do is answered as SDKs are, at the front door, too.
        if (target != Target.FRONT_DOOR || body.containsKey("Response")) {
            return isEnvelope(answer, body) ? "" : "neither an answer nor a refusal: " + answer;
        }
        var breaches = OpenApiValidator.published().breaches(answer.status(), answer.headers(), answer.body());
        return breaches.isEmpty() && answer.status() < 500 ? "" : breaches + ": " + answer;
    }

    private static boolean isEnvelope(RawExchange.RawResponse answer, JsonObject body) {
        var response = body.getJsonObject("Response");
        var error = response.getJsonObject("Error");
        return answer.status() == 200 && "application/json".equals(answer.headers().get("content-type"))
                && response.getString("RequestId").matches("[0-9a-f-]{36}")
                && (error == null ? response.getString("Result") != null
                        : !error.getString("Code").isEmpty() && !error.getString("Message").isEmpty());
    }
}
