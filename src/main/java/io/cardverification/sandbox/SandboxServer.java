package io.cardverification.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.cardverification.tencentcloud.Action;
import io.cardverification.tencentcloud.Credentials;
import io.cardverification.tencentcloud.ErrorCode;
import io.cardverification.tencentcloud.SignedRequest;
import io.cardverification.tencentcloud.Signer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

/**
 * Opens the sandbox's port and closes it.
 *
 * <p>
 * One server on one event loop, which owns all of the sandbox's state: nothing in this room needs a lock. The loop is the
 * sandbox's own: on one of the gateway's, arrivals would be counted when the gateway has time, not when they arrive.
 */
@Singleton
final class SandboxServer {

    private static final Logger LOG = Logger.getLogger(SandboxServer.class);

    /** "POST v3 at most 10 MB", says the page "Request Structure". */
    private static final long MAX_BODY_BYTES = 10L * 1024 * 1024;

    private static final int START_SECONDS = 10;
    private static final int WARM_UPS = 200;
    private static final String ARRIVED = "arrived";

    private final SandboxConfig config;
    private final Clock clock;
    private final Arrivals arrivals = new Arrivals();
    private final Rules rules;
    private final ApiDoor door;
    private @Nullable Vertx vertx;

    SandboxServer(SandboxConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
        var policer = new Policer(config.limit());
        this.rules = new Rules(config, policer, new Random());
        this.door = new ApiDoor(config, policer, arrivals, clock, System.nanoTime());
    }

    void start(@Observes StartupEvent event) {
        if (!config.enabled()) {
            return;
        }
        require(config.limit() >= 1, "limit must be at least 1");
        require(!config.delay().isNegative(), "delay must not be negative");
        require(!config.jitter().isNegative(), "jitter must not be negative");
        require(!config.latency().isNegative(), "latency must not be negative");
        require(config.port() >= 1 && config.port() <= 65535, "port must be 1 to 65535");
        warmUp();
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setFileSystemOptions(
                new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        var server = vertx.createHttpServer().requestHandler(routes(vertx));
        listen(server);
        LOG.infof("The sandbox listens on http://%s:%d", config.host(), server.actualPort());
    }

    private static void require(boolean rule, String message) {
        if (!rule) {
            throw new ConfigurationException("gateway.sandbox." + message);
        }
    }

    /**
     * Answers a few requests to itself. Cold code takes tens of milliseconds for each of the first requests, in which the next
     * ones wait to be counted: at its own door, that would crowd what left the gateway well apart.
     */
    private void warmUp() {
        var body = "{\"IdCard\":\"11204416541220243X\",\"Name\":\"Wei Xiaobao\",\"BankCard\":\"6226090210146748\"}"
                .getBytes(StandardCharsets.UTF_8);
        var signer = new Signer(new Credentials(config.secretId(), config.secretKey(), config.token().orElse(null)), "faceid");
        var trial = new ApiDoor(config, new Policer(WARM_UPS), new Arrivals(), clock, 0);
        for (var i = 0; i < WARM_UPS; i++) {
            var headers = new HashMap<>(Map.of("host", "localhost", "content-type", "application/json"));
            signer.sign(Action.BANK_CARD_VERIFICATION, "localhost", "application/json", body, clock.instant())
                    .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
            trial.answer(new SignedRequest("POST", "", headers, body), "warm-up", i).envelope("warm-up").toBuffer();
        }
    }

    /** Start-up runs on the main thread and may wait; who comes after it relies on the sandbox. */
    private void listen(HttpServer unopened) {
        try {
            unopened.listen(config.port(), config.host()).toCompletionStage().toCompletableFuture()
                    .get(START_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new ConfigurationException(
                    String.format(Locale.ROOT, "gateway.sandbox.port must be a free port, but %s:%d could not be opened: %s",
                            config.host(), config.port(), e.getMessage()));
        }
    }

    void stop(@Observes ShutdownEvent event) {
        if (vertx != null) {
            vertx.close();
        }
    }

    private Router routes(Vertx vertx) {
        var router = Router.router(vertx);
        router.get("/_sandbox/arrivals").handler(exchange -> exchange.json(arrivals.json(System.nanoTime())));
        router.get("/_sandbox/rules").handler(exchange -> exchange.json(rules.json()));
        router.patch("/_sandbox/rules").handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES))
                .handler(this::change);
        router.route().handler(exchange -> exchange.put(ARRIVED, System.nanoTime()).next());
        router.route("/").handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES)).handler(this::travel);
        router.route().handler(exchange -> send(exchange.response(), Answer.error(ErrorCode.INVALID_ACTION)));
        router.route().failureHandler(exchange -> send(exchange.response(), Answer.error(exchange.statusCode() == 413
                ? ErrorCode.REQUEST_SIZE_LIMIT_EXCEEDED
                : ErrorCode.INTERNAL_ERROR)));
        return router;
    }

    private void change(RoutingContext exchange) {
        try {
            rules.change(new JsonObject(Optional.ofNullable(exchange.body().asString("UTF-8")).orElse("")));
            exchange.json(rules.json());
        } catch (IllegalArgumentException | DecodeException e) {
            exchange.response().setStatusCode(400).end("limit, delayMicros, jitterMicros and latencyMicros are whole numbers,"
                    + " limit at least 1, the others 0 to 60000000; there are no others");
        }
    }

    /** What a network would do to it. */
    private void travel(RoutingContext exchange) {
        var travelNanos = rules.travelNanos();
        if (travelNanos == 0) {
            answer(exchange, exchange.get(ARRIVED, System.nanoTime()));
        } else {
            later(exchange, travelNanos, () -> answer(exchange, System.nanoTime()));
        }
    }

    private void answer(RoutingContext exchange, long arrivedNanos) {
        var request = exchange.request();
        var body = exchange.body().buffer();
        var query = request.query();
        var signed = new SignedRequest(request.method().name(), query == null ? "" : query,
                ApiDoor.lowerCase(request.headers()), body == null ? new byte[0] : body.getBytes());
        var requestId = UUID.randomUUID().toString();
        var answer = door.answer(signed, requestId, arrivedNanos);
        if (rules.latencyNanos() > 0) {
            later(exchange, rules.latencyNanos(), () -> send(exchange.response(), answer, requestId));
        } else {
            send(exchange.response(), answer, requestId);
        }
    }

    /** On the event loop that owns everything. Netty's own timer, since Vert.x' knows whole milliseconds only. */
    private static void later(RoutingContext exchange, long nanos, Runnable task) {
        var unused = ((ContextInternal) exchange.vertx().getOrCreateContext()).nettyEventLoop()
                .schedule(task, nanos, TimeUnit.NANOSECONDS);
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
