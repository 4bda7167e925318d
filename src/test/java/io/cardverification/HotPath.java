package io.cardverification;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.TimeUnit;

import io.cardverification.tencentcloud.Action;
import io.cardverification.tencentcloud.Credentials;
import io.cardverification.tencentcloud.Signer;

/**
 * What a gateway does all day, done to one that has a sandbox: questions at both doors, refusals, probes and a scrape. A JVM
 * that is to keep what it has learnt (an AOT cache, an AppCDS archive) learns it from this. Needs only the JDK and the
 * gateway's jar, so that it also runs where the image is built.
 */
public final class HotPath {

    /** Two questions each, so 40, which the limit lets through in a second. */
    private static final int ROUNDS = 20;
    private static final String QUESTION = "{\"%s\":\"6226090210146748\",\"%s\":\"Wei Xiaobao %d\","
            + "\"%s\":\"11204416541220243X\"}";

    private final HttpClient client = HttpClient.newBuilder().version(Version.HTTP_1_1).build();
    private final Signer signer = new Signer(Action.BANK_CARD_VERIFICATION,
            new Credentials("AKIDCALLEREXAMPLE", "CALLEREXAMPLEKEY", null));
    private final int port;
    private final int managementPort;

    public HotPath(int port, int managementPort) {
        this.port = port;
        this.managementPort = managementPort;
    }

    /** @param command starts a gateway on its usual ports */
    public static void main(String... command) throws IOException, InterruptedException {
        new HotPath(8080, 9000).walk(command);
    }

    /** @param command starts a gateway, which is stopped in the end as an operator stops it */
    public void walk(String... command) throws IOException, InterruptedException {
        var gateway = new ProcessBuilder(command).inheritIO().start();
        try {
            awaitReady(gateway);
            walk();
        } finally {
            gateway.destroy();
            gateway.waitFor();
        }
    }

    private void awaitReady(Process gateway) throws IOException, InterruptedException {
        for (var ready = false; !ready;) {
            if (gateway.waitFor(50, TimeUnit.MILLISECONDS)) {
                throw new IOException("The gateway has ended.");
            }
            try {
                ready = status(managed("/q/health/ready")) == 200;
            } catch (ConnectException notYet) {
                // Not listening yet.
            }
        }
    }

    /** @throws IOException where anything is answered otherwise than in production */
    void walk() throws IOException, InterruptedException {
        for (var round = 0; round < ROUNDS; round++) {
            // Each about a name of its own, so that none shares an answer.
            var question = QUESTION.formatted("bankCard", "name", round, "idCard");
            expect(200, front(question).header("Idempotency-Key", "\"" + round + "\""));
            expect(200, front(question).header("Idempotency-Key", "\"" + round + "\""));
            expect(401, front(question).header("Authorization", "Bearer nobodys"));
            expect(400, front("{}"));
            expect(200, sdk(QUESTION.formatted("BankCard", "Name", ROUNDS + round, "IdCard")));
            expect(200, sdk("{}"));
            expect(404, HttpRequest.newBuilder(at(port, "/nothing")));
        }
        for (var probe : new String[] { "/q/health/live", "/q/health/ready", "/q/health/started", "/q/metrics", "/q/pacing" }) {
            expect(200, managed(probe));
        }
    }

    private void expect(int status, HttpRequest.Builder request) throws IOException, InterruptedException {
        var answered = status(request);
        if (answered != status) {
            throw new IOException(request.build() + " was answered " + answered + " and not " + status);
        }
    }

    private int status(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString()).statusCode();
    }

    private HttpRequest.Builder front(String body) {
        return HttpRequest.newBuilder(at(port, "/v1/verifications")).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    private HttpRequest.Builder sdk(String body) {
        var request = HttpRequest.newBuilder(at(port, "/")).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        signer.sign("localhost:" + port, "application/json", body.getBytes(StandardCharsets.UTF_8),
                Clock.systemUTC().instant()).forEach(request::header);
        return request;
    }

    private HttpRequest.Builder managed(String path) {
        return HttpRequest.newBuilder(at(managementPort, path));
    }

    private static URI at(int port, String path) {
        return URI.create("http://localhost:" + port + path);
    }

}
