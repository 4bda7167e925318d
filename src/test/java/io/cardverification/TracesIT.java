package io.cardverification;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.cardverification.testing.FreePorts;
import io.cardverification.testing.PackagedGateway;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** Whether what was packaged sends traces is decided when it starts, by the standard variable. */
class TracesIT extends PackagedGateway {

    private static final String EXPORT = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close();
    }

    /** What gRPC calls a success: an empty message, and a trailer. */
    private void collect(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            received.add(request.path() + body.toString(StandardCharsets.ISO_8859_1));
            request.response().setChunked(true).putHeader("content-type", "application/grpc").putTrailer("grpc-status", "0")
                    .end(Buffer.buffer(new byte[5]));
        });
    }

    private int collector() throws Exception {
        return vertx.createHttpServer().requestHandler(this::collect).listen(0, "localhost").toCompletionStage()
                .toCompletableFuture().get(30, TimeUnit.SECONDS).actualPort();
    }

    /** Asks one question of a gateway with that environment, and stops it, so that all that it has to send is sent. */
    private String logOfOneQuestion(Map<String, String> environment) throws Exception {
        var port = FreePorts.one();
        var process = start(environment, "-Dquarkus.profile=sandbox", "-Dquarkus.http.port=" + port,
                "-Dgateway.sandbox.port=" + FreePorts.one());
        try {
            var client = HttpClient.newHttpClient();
            awaitReady(client, process);
            assertThat(ask(client, port, "6226090210146748").get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        } finally {
            process.destroy();
            process.waitFor(30, TimeUnit.SECONDS);
        }
        return Files.readString(folder.resolve("log"));
    }

    @Test
    void traces_go_to_the_endpoint_and_contain_no_personal_data() throws Exception {
        logOfOneQuestion(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:" + collector()));
        assertThat(received).isNotEmpty().allSatisfy(request -> assertThat(request).startsWith(EXPORT)
                .doesNotContain("6226090210146748", "Xiaobao", "11204416541220243X"));
        assertThat(received.toString()).contains("verify", "BankCardVerification");
    }

    @Test
    void no_endpoint_means_no_export() throws Exception {
        assertThat(logOfOneQuestion(Map.of())).doesNotContainIgnoringCase("export").doesNotContain("4317");
    }
}
