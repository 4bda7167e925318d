package io.cardverification.pacing;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

import io.cardverification.tencentcloud.Action;
import io.cardverification.tencentcloud.Credentials;
import io.cardverification.tencentcloud.Signer;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;

/** Signs and sends one question to a port of this machine. All candidates use it, so that only the limiters differ. */
final class BenchClient {

    private static final Signer SIGNER = new Signer(Action.BANK_CARD_VERIFICATION,
            new Credentials("AKIDSANDBOXEXAMPLE", "SANDBOXEXAMPLEKEY", null));

    private final HttpClient client;
    private final int port;
    private volatile boolean cut;

    BenchClient(Vertx vertx, int port) {
        this.client = vertx.createHttpClient(new HttpClientOptions().setKeepAliveTimeout(30),
                new PoolOptions().setHttp1MaxSize(2_000));
        this.port = port;
    }

    /** Sends nothing from now on. */
    void cut() {
        cut = true;
    }

    /**
     * @param departing is run when the connection stands and the bytes are about to be written
     * @return whether the limit let it through; cancelling closes the connection
     */
    CompletableFuture<Boolean> send(int card, Runnable departing) {
        if (cut) {
            return CompletableFuture.completedFuture(false);
        }
        var result = new CompletableFuture<Boolean>();
        client.request(HttpMethod.POST, port, "localhost", "/")
                .onSuccess(request -> send(request, card, departing, result))
                .onFailure(result::completeExceptionally);
        return result;
    }

    private void send(HttpClientRequest request, int card, Runnable departing, CompletableFuture<Boolean> result) {
        if (result.isDone()) {
            request.reset();
            return;
        }
        var body = String
                .format(Locale.ROOT, "{\"IdCard\":\"11204416541220243X\",\"Name\":\"Wei\",\"BankCard\":\"62260902%08d\"}",
                        card)
                .getBytes(StandardCharsets.UTF_8);
        SIGNER.sign("localhost:" + port, "application/json", body, Clock.systemUTC().instant())
                .forEach(request::putHeader);
        request.putHeader("Content-Type", "application/json");
        var unused = result.whenComplete((answer, failure) -> {
            if (result.isCancelled()) {
                request.reset();
            }
        });
        departing.run();
        request.send(Buffer.buffer(body)).compose(response -> response.body())
                .onSuccess(answer -> result.complete(admitted(answer)))
                .onFailure(result::completeExceptionally);
    }

    private static boolean admitted(Buffer answer) {
        var error = answer.toJsonObject().getJsonObject("Response").getJsonObject("Error");
        if (error == null) {
            return true;
        }
        if (error.getString("Code").startsWith("RequestLimitExceeded")) {
            return false;
        }
        throw new IllegalStateException("the sandbox refused: " + error.getString("Code"));
    }
}
