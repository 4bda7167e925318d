package io.cardverification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import io.cardverification.testing.CommandLine;
import io.cardverification.testing.FreePorts;
import io.cardverification.testing.PackagedGateway;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/** The packaged gateway when its ledger cannot be written: it refuses, says so, and loses no line. */
class LedgerIT extends PackagedGateway {

    /** Refused by the upstream, so that it has a line in the log, too, which an event loop writes. */
    private static final String REFUSED_CARD = "6222900000000018";
    private static final int MORE_THAN_A_PIPE_HOLDS = 20_000;

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port = FreePorts.one();
    private final int sandboxPort = FreePorts.one();

    private List<String> properties(String... more) {
        var properties = new ArrayList<>(List.of("-Dquarkus.profile=sandbox", "-Dquarkus.http.port=" + port,
                "-Dgateway.sandbox.port=" + sandboxPort, "-Dgateway.sandbox.limit=10000", "-Dgateway.sandbox.daily-limit=0"));
        properties.addAll(List.of(more));
        return properties;
    }

    private static String[] fast(List<String> properties) {
        return Stream.concat(properties.stream(), Stream.of("-Dgateway.pacing.limit=1000",
                "-Dquarkus.rest-client.tencentcloud.connection-pool-size=20000")).toArray(String[]::new);
    }

    private HttpResponse<String> askWithoutWaiting() throws Exception {
        return ask(client, port, "6222000000000002", "Prefer", "wait=0").get(60, TimeUnit.SECONDS);
    }

    private HttpResponse<String> answer(String card) throws Exception {
        return ask(client, port, card).get(60, TimeUnit.SECONDS);
    }

    private HttpResponse<String> manage(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create("http://localhost:" + managementPort + path)).build(),
                BodyHandlers.ofString());
    }

    private int charged() throws Exception {
        return new JsonObject(client.send(HttpRequest.newBuilder(URI.create("http://localhost:" + sandboxPort
                + "/_sandbox/counters")).build(), BodyHandlers.ofString()).body()).getInteger("charged");
    }

    private void awaitUnready(Process process) throws Exception {
        Awaitility.await().atMost(Duration.ofMinutes(1)).failFast("the process has ended", () -> !process.isAlive())
                .until(() -> manage("/q/health/ready").statusCode() == 503);
        assertThat(manage("/q/health/ready").body()).contains("ledger-unavailable");
        assertThat(manage("/q/health/live").statusCode()).isEqualTo(200);
        assertThat(manage("/q/metrics").body()).contains("gateway_not_ready{reason=\"ledger-unavailable\"} 1.0");
    }

    private static void assertRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("5");
        assertThat(answer.body()).contains("\"urn:problem:card-verification:ledger-unavailable\"", "\"charged\":false");
    }

    private static List<JsonObject> lines(Path ledger) throws IOException {
        try (var lines = Files.lines(ledger)) {
            return lines.map(JsonObject::new).toList();
        }
    }

    @Test
    void failing_ledger_rejects_new_and_waiting_requests() throws Exception {
        var ledger = folder.resolve("ledger.jsonl");
        var rotated = folder.resolve("ledger.1");
        var process = start(properties("-Dgateway.ledger.file=" + ledger, "-Dgateway.pacing.limit=1",
                "-Dgateway.pacing.window=10s", "-Dgateway.pacing.max-wait=50s", "-Dquarkus.http.idle-timeout=2m")
                .toArray(String[]::new));
        try {
            awaitReady(client, process);
            assertThat(answer("6222000000000000").statusCode()).isEqualTo(200);
            var waiting = ask(client, port, "6222000000000001");
            awaitPacer(client, process, "\"interactive\":1");
            Files.move(ledger, rotated);
            Files.createDirectory(ledger);
            assertThat(askWithoutWaiting().body()).contains("queue-full"); // its line is the first that cannot be written
            awaitUnready(process);

            assertRefused(answer("6222000000000003"));
            assertRefused(waiting.get(60, TimeUnit.SECONDS));
            assertThat(charged()).isEqualTo(1);
            assertThat(manage("/q/metrics").body()).contains("gateway_ledger_pending 1.0", "gateway_ledger_lines_total 1.0")
                    .containsPattern("gateway_ledger_failures_total [1-9]")
                    .containsPattern("gateway_verifications_total\\{[^}]*outcome=\"ledger-unavailable\"[^}]*} 2.0");

            Files.delete(ledger);
            awaitReady(client, process);
            assertThat(answer("6222000000000005").statusCode()).isEqualTo(200);
            assertThat(charged()).isEqualTo(2);
        } finally {
            process.destroy();
            process.waitFor(60, TimeUnit.SECONDS);
        }
        assertThat(lines(rotated)).extracting(line -> line.getString("charge")).containsExactly("charged");
        assertThat(lines(ledger)).extracting(line -> line.getString("charge")).containsExactly("not-sent", "charged");
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start()
                .waitFor();
    }

    private static boolean isWhole(String line) {
        try {
            new JsonObject(line);
            return true;
        } catch (DecodeException broken) {
            return false;
        }
    }

    @Test
    void full_disk_loses_no_line_and_stops_charges() throws Exception {
        assumeThat(new File("/bin/mount")).exists();
        var disk = Files.createDirectory(folder.resolve("disk"));
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", disk.toString())).as("may mount").isZero();
        try {
            var ledger = disk.resolve("ledger.jsonl");
            var process = start(fast(properties("-Dgateway.ledger.file=" + ledger)));
            int charged;
            try {
                awaitReady(client, process);
                var answered = 0;
                var answer = answer("6222000000000000");
                for (; answer.statusCode() == 200 && answered < 1_000; answered++) {
                    answer = answer("6222%012d".formatted(100 + answered));
                }
                assertRefused(answer);
                awaitUnready(process);
                charged = charged();
                assertThat(charged).isEqualTo(answered);
                assertRefused(answer("6222000000000000"));
                assertThat(charged()).isEqualTo(charged);
                assertThat(run("mount", "-o", "remount,size=1m", disk.toString())).isZero();
                awaitReady(client, process);
            } finally {
                process.destroy();
                process.waitFor(60, TimeUnit.SECONDS);
            }
            var written = Files.readAllLines(ledger);
            assertThat(written).filteredOn(line -> !isWhole(line)).hasSizeLessThanOrEqualTo(1);
            assertThat(written.stream().filter(LedgerIT::isWhole).map(JsonObject::new)
                    .filter(line -> line.getString("charge").equals("charged")).map(line -> line.getString("requestId")))
                    .hasSize(charged).doesNotHaveDuplicates();
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    /** With a pipe for standard output, which is read when a test says so. */
    private Process startPiped() throws IOException {
        var options = new ArrayList<>(List.of(fast(properties("-Dquarkus.management.port=" + managementPort))));
        return new ProcessBuilder(CommandLine.of(options)).directory(folder.toFile())
                .redirectError(folder.resolve("errors").toFile()).start();
    }

    /** @return how many were answered */
    private int askUntilRefused() throws Exception {
        for (var answered = 0; answered < MORE_THAN_A_PIPE_HOLDS; answered++) {
            var answer = answer(REFUSED_CARD);
            if (answer.statusCode() != 422) {
                assertRefused(answer);
                return answered;
            }
        }
        throw new AssertionError("all were answered");
    }

    @Test
    void an_unread_standard_output_stops_questions_until_it_is_read() throws Exception {
        var process = startPiped();
        try {
            awaitReady(client, process);
            var answered = askUntilRefused();
            awaitUnready(process);
            var lines = ledgerLines(process);
            awaitReady(client, process);
            assertThat(answer("6222000000000000").statusCode()).isEqualTo(200);
            for (var line = 0; line <= answered; line++) {
                assertThat(lines.poll(60, TimeUnit.SECONDS)).as("line %d of %d", line, answered).matches(LedgerIT::isWhole);
            }
            assertThat(lines).isEmpty();
        } finally {
            process.destroyForcibly();
        }
    }

    /** From now on, until the process ends. */
    private static BlockingQueue<String> ledgerLines(Process process) {
        var lines = new LinkedBlockingQueue<String>();
        var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var reading = new Thread(() -> reader.lines().filter(line -> line.contains("\"fingerprint\"")).forEach(lines::add));
        reading.setDaemon(true);
        reading.setUncaughtExceptionHandler((thread, closed) -> {
            // The process has ended.
        });
        reading.start();
        return lines;
    }

    @Test
    void an_unread_standard_output_does_not_keep_it_from_stopping() throws Exception {
        var process = startPiped();
        try {
            awaitReady(client, process);
            askUntilRefused();
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(folder.resolve("errors")))
                    .containsPattern("[1-9]\\d* lines of the ledger could not be written and are lost");
        } finally {
            process.destroyForcibly();
        }
    }
}
