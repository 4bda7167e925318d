package io.cardverification.sandbox;

import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.cardverification.tencentcloud.ErrorCode;
import io.cardverification.tencentcloud.SignedRequest;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

/**
 * Opens the sandbox's port and closes it.
 *
 * <p>
 * One server on one event loop, which owns all of the sandbox's state: nothing in this room needs a lock.
 */
@Singleton
final class SandboxServer {

    private static final Logger LOG = Logger.getLogger(SandboxServer.class);

    /** "POST v3 at most 10 MB", says the page "Request Structure". */
    private static final long MAX_BODY_BYTES = 10L * 1024 * 1024;

    private static final int START_SECONDS = 10;

    private final Vertx vertx;
    private final SandboxConfig config;
    private final Arrivals arrivals = new Arrivals();
    private final ApiDoor door;
    private @Nullable HttpServer server;

    SandboxServer(Vertx vertx, SandboxConfig config, Clock clock) {
        this.vertx = vertx;
        this.config = config;
        this.door = new ApiDoor(config, new Policer(config.limit()), arrivals, clock);
    }

    void start(@Observes StartupEvent event) {
        if (!config.enabled()) {
            return;
        }
        if (config.limit() < 1) {
            throw new ConfigurationException("gateway.sandbox.limit must be at least 1, but is " + config.limit());
        }
        server = vertx.createHttpServer().requestHandler(routes());
        listen(server);
        LOG.infof("The sandbox listens on http://%s:%d", config.host(), server.actualPort());
    }

    /** Start-up runs on the main thread and may wait; who comes after it relies on the sandbox. */
    private void listen(HttpServer unopened) {
        try {
            unopened.listen(config.port(), config.host()).toCompletionStage().toCompletableFuture()
                    .get(START_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new ConfigurationException("gateway.sandbox.port must be a free port, but %s:%d could not be opened: %s"
                    .formatted(config.host(), config.port(), e.getMessage()), e);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        if (server != null) {
            server.close();
        }
    }

    private Router routes() {
        var router = Router.router(vertx);
        router.get("/_sandbox/arrivals").handler(exchange -> exchange.json(arrivals.json(System.nanoTime())));
        router.route("/").handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES)).handler(this::answer);
        router.route().handler(exchange -> send(exchange.response(), Answer.error(ErrorCode.INVALID_ACTION)));
        router.route().failureHandler(exchange -> send(exchange.response(), Answer.error(exchange.statusCode() == 413
                ? ErrorCode.REQUEST_SIZE_LIMIT_EXCEEDED
                : ErrorCode.INTERNAL_ERROR)));
        return router;
    }

    private void answer(RoutingContext exchange) {
        var request = exchange.request();
        var body = exchange.body().buffer();
        var query = request.query();
        var signed = new SignedRequest(request.method().name(), query == null ? "" : query,
                ApiDoor.lowerCase(request.headers()), body == null ? new byte[0] : body.getBytes());
        var requestId = UUID.randomUUID().toString();
        var answer = door.answer(signed, requestId, System.nanoTime());
        var latencyMillis = config.latency().toMillis();
        if (latencyMillis > 0) {
            vertx.setTimer(latencyMillis, id -> send(exchange.response(), answer, requestId));
        } else {
            send(exchange.response(), answer, requestId);
        }
    }

    private static void send(HttpServerResponse response, Answer answer) {
        send(response, answer, UUID.randomUUID().toString());
    }

    /** Always 200, and a media type without parameters: official SDKs read neither another status nor another type. */
    private static void send(HttpServerResponse response, Answer answer, String requestId) {
        if (!response.ended() && !response.closed()) {
            response.setStatusCode(200).putHeader("Content-Type", "application/json")
                    .end(answer.envelope(requestId).toBuffer());
        }
    }
}
