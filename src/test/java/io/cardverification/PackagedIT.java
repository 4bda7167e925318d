package io.cardverification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import io.cardverification.testing.FreePorts;
import io.cardverification.testing.PackagedGateway;

/** The packaged application in the sandbox: alone, with the gateway, and when it is stopped. */
class PackagedIT extends PackagedGateway {

    @Test
    void the_sandbox_runs_alone() throws Exception {
        var port = FreePorts.one();
        var gatewayPort = FreePorts.one();
        var process = start("-Dquarkus.profile=sandbox-only", "-Dquarkus.http.port=" + gatewayPort,
                "-Dgateway.sandbox.port=" + port);
        try {
            await(HttpClient.newHttpClient(), "http://localhost:" + port + "/", "MissingParameter", process);
            assertThat(process.isAlive()).isTrue();
            assertThatThrownBy(() -> new Socket("localhost", gatewayPort).close()).isInstanceOf(ConnectException.class);
            assertThatThrownBy(() -> new Socket("localhost", managementPort).close()).isInstanceOf(ConnectException.class);
        } finally {
            process.destroy();
            process.waitFor(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void sandbox_profile_responds_and_is_marked() throws Exception {
        var port = FreePorts.one();
        var process = startSandbox(port);
        try {
            var client = HttpClient.newHttpClient();
            awaitReady(client, process);
            var answer = ask(client, port, "6226090210146748").get(30, TimeUnit.SECONDS);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("\"result\":\"0\"");
            assertThat(answer.headers().firstValue("Gateway-Upstream")).contains("sandbox");
        } finally {
            process.destroy();
            process.waitFor(30, TimeUnit.SECONDS);
        }
        assertThat(Files.readString(folder.resolve("log"))).contains("The upstream is a SANDBOX", "The sandbox listens on")
                .doesNotContain("6226090210146748", "Wei Xiaobao", "11204416541220243X");
    }

    /** The sandbox is the proxy: nothing else knows where {@code upstream.invalid} is. */
    @Test
    void browsers_a_proxy_and_required_keys_can_be_configured() throws Exception {
        var port = FreePorts.one();
        var sandboxPort = FreePorts.one();
        var process = start("-Dquarkus.profile=sandbox", "-Dquarkus.http.port=" + port,
                "-Dgateway.sandbox.port=" + sandboxPort, "-Dgateway.upstream.endpoint=http://upstream.invalid",
                "-Dquarkus.rest-client.tencentcloud.proxy-address=localhost:" + sandboxPort,
                "-Dgateway.rest.idempotency-key-required=true", "-Dquarkus.http.cors.enabled=true",
                "-Dquarkus.http.cors.origins=https://shop.example");
        try {
            var client = HttpClient.newHttpClient();
            awaitReady(client, process);
            var rejected = ask(client, port, "6226090210146748").get(30, TimeUnit.SECONDS);
            assertThat(rejected.statusCode()).isEqualTo(400);
            assertThat(rejected.body()).contains("\"urn:problem:card-verification:idempotency-key-missing\"",
                    "\"charged\":false");
            var answer = ask(client, port, "6226090210146748", "Idempotency-Key", "\"a\"").get(30, TimeUnit.SECONDS);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("\"result\":\"0\"");
            assertThat(allowed(client, port, "https://shop.example")).contains("https://shop.example");
            assertThat(allowed(client, port, "https://elsewhere.example")).isEmpty();
        } finally {
            process.destroy();
            process.waitFor(30, TimeUnit.SECONDS);
        }
    }

    /** As a browser asks before it lets a page ask. */
    private static Optional<String> allowed(HttpClient client, int port, String origin) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/v1/verifications"))
                .method("OPTIONS", BodyPublishers.noBody()).header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,content-type").build(), BodyHandlers.discarding())
                .headers().firstValue("Access-Control-Allow-Origin");
    }

    @Test
    void stop_completes_sent_and_rejects_waiting_requests() throws Exception {
        var port = FreePorts.one();
        var process = startSandbox(port, "-Dgateway.sandbox.latency=3s", "-Dgateway.pacing.limit=1",
                "-Dgateway.pacing.window=1h", "-Dgateway.pacing.max-wait=2h", "-Dquarkus.http.idle-timeout=3h");
        try {
            var client = HttpClient.newHttpClient();
            awaitReady(client, process);
            var sent = ask(client, port, "6226090210146748");
            awaitPacer(client, process, "\"sent\":1");
            var waiting = ask(client, port, "6225768888888888");
            awaitPacer(client, process, "\"interactive\":1");
            process.destroy();

            var told = waiting.get(30, TimeUnit.SECONDS);
            assertThat(told.statusCode()).isEqualTo(503);
            assertThat(told.body()).contains("shutting-down", "\"charged\":false");
            assertThat(told.headers().firstValue("Retry-After")).contains("5");
            var answered = sent.get(30, TimeUnit.SECONDS);
            assertThat(answered.statusCode()).isEqualTo(200);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void stop_waits_for_a_sent_request_without_its_caller() throws Exception {
        var port = FreePorts.one();
        var process = startSandbox(port, "-Dgateway.sandbox.latency=3s");
        try {
            var client = HttpClient.newHttpClient();
            awaitReady(client, process);
            var sent = ask(client, port, "6226090210146748");
            awaitPacer(client, process, "\"sent\":1");
            sent.cancel(true);
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(Files.readString(folder.resolve("log"))).contains("\"result\":\"0\"", "\"charge\":\"charged\"",
                "\"callerDisconnected\":true");
    }

    /** @return whether somebody answers there */
    private static boolean isServed(Socket socket) {
        try {
            socket.getOutputStream().write("GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() >= 0;
        } catch (IOException closed) {
            return false;
        }
    }

    @Test
    void connection_above_the_limit_is_closed() throws Exception {
        var port = FreePorts.one();
        var process = startSandbox(port, "-Dquarkus.http.limits.max-connections=2");
        try {
            awaitReady(HttpClient.newHttpClient(), process);
            var first = new Socket("localhost", port);
            try (var second = new Socket("localhost", port)) {
                assertThat(isServed(first)).isTrue();
                assertThat(isServed(second)).isTrue();
                try (var third = new Socket("localhost", port)) {
                    assertThat(isServed(third)).isFalse();
                }
                first.close();
                Awaitility.await().until(() -> { // the gateway sees the end of the first after a moment
                    try (var next = new Socket("localhost", port)) {
                        return isServed(next);
                    }
                });
            }
        } finally {
            process.destroy();
            process.waitFor(30, TimeUnit.SECONDS);
        }
    }
}
