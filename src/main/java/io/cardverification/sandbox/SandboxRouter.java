package io.cardverification.sandbox;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import io.cardverification.http.LimitedBodyReader;
import io.cardverification.tencentcloud.AuthenticationResult.Rejected;
import io.cardverification.tencentcloud.Credentials;
import io.cardverification.tencentcloud.ErrorCode;
import io.cardverification.tencentcloud.ReceivedRequest;
import io.cardverification.tencentcloud.RequestAuthenticator;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * The routes of the sandbox: the API at {@code /}, and state and settings for tests below {@code /_sandbox}.
 *
 * <p>
 * Threads: the sandbox's event loop.
 */
final class SandboxRouter {

    /** The header by which a client requests a fault for its own request. */
    private static final String FAULT_HEADER = "Sandbox-Fault";
    private static final int MAX_SETTINGS_BYTES = 64 * 1024;
    private static final long PORT_CLOSED_MILLIS = 200;
    private static final String ARRIVED = "arrived";
    private static final String KNOWN_PATHS = """
            GET   /_sandbox/requests
            GET   /_sandbox/counters
            GET   /_sandbox/rejections
            GET   /_sandbox/public-keys
            GET   /_sandbox/settings
            PATCH /_sandbox/settings
            POST  /_sandbox/close-port?millis=2000
            """;

    /** Closes the port for a while. */
    interface PortCloser {
        void close(SandboxRouter router, long millis);
    }

    private final RequestJournal journal = new RequestJournal(SandboxLedger::write);
    private final RejectionLog rejectionLog = new RejectionLog();
    private final RandomGenerator random;
    private final Policer policer;
    private final SandboxApi api;
    private final PortCloser portCloser;
    private final Clock clock;
    private SandboxSettings settings;

    SandboxRouter(SandboxConfig config, SandboxSettings settings, Clock clock, SecureRandom secureRandom,
            PortCloser portCloser) {
        var salt = new byte[16];
        secureRandom.nextBytes(salt);
        this.settings = settings;
        this.random = new Random(config.seed().orElseGet(secureRandom::nextLong));
        this.policer = new Policer(settings.limitAlgorithm(), settings.limit());
        this.api = new SandboxApi(credentials(config), policer, new DailyLimit(clock, salt), journal, rejectionLog, clock,
                System.nanoTime());
        this.portCloser = portCloser;
        this.clock = clock;
    }

    static Credentials credentials(SandboxConfig config) {
        return new Credentials(config.secretId(), config.secretKey(), config.token().orElse(null));
    }

    Router router(Vertx vertx) {
        var router = Router.router(vertx);
        router.get("/_sandbox/requests").handler(exchange -> exchange.json(journal.json(System.nanoTime())));
        router.get("/_sandbox/counters").handler(exchange -> exchange.json(journal.counters()));
        router.get("/_sandbox/rejections").handler(exchange -> exchange.json(rejectionLog.json()));
        router.get("/_sandbox/public-keys").handler(exchange -> exchange.json(SandboxKeys.published()));
        router.get("/_sandbox/settings").handler(exchange -> exchange.json(settings.json()));
        router.patch("/_sandbox/settings").handler(exchange -> readBody(exchange, MAX_SETTINGS_BYTES,
                () -> sendText(exchange, 413, "the settings must be at most 64 KB"), body -> patchSettings(exchange, body)));
        router.post("/_sandbox/close-port").handler(this::closePort);
        router.route("/_sandbox*").handler(exchange -> sendText(exchange, 404, KNOWN_PATHS));
        router.route("/").handler(this::receive);
        router.route().handler(exchange -> reject(exchange, ErrorCode.INVALID_ACTION));
        router.route().failureHandler(exchange -> reject(exchange,
                exchange.statusCode() == 400 ? ErrorCode.INVALID_PARAMETER : ErrorCode.INTERNAL_ERROR));
        router.errorHandler(400, exchange -> reject(exchange, ErrorCode.INVALID_PARAMETER)); // a path that cannot be decoded
        return router;
    }

    /** Answers a request that is not valid HTTP by an envelope too. */
    static void rejectInvalidRequest(HttpServerRequest request) {
        var body = unreadable(request.decoderResult().cause()).envelope(UUID.randomUUID().toString()).toBuffer();
        request.response().setStatusCode(200).putHeader("Content-Type", "application/json").putHeader("Connection", "close")
                .end(body).onComplete(sent -> request.connection().close());
    }

    private static SandboxResponse unreadable(@Nullable Throwable cause) {
        var what = cause instanceof TooLongHttpLineException ? "address is"
                : cause instanceof TooLongHttpHeaderException ? "headers are" : null;
        return what == null ? SandboxResponse.error(ErrorCode.INVALID_PARAMETER)
                : SandboxResponse.error(ErrorCode.REQUEST_SIZE_LIMIT_EXCEEDED,
                        "The request size exceeds the upper limit: its " + what + " longer than 128 KB.");
    }

    private static void reject(RoutingContext exchange, ErrorCode code) {
        reject(exchange, SandboxResponse.error(code));
    }

    private static void reject(RoutingContext exchange, SandboxResponse response) {
        LimitedBodyReader.discard(exchange);
        FaultyResponseWriter.send(exchange, response, UUID.randomUUID().toString(), Optional.empty());
    }

    private void reject(RoutingContext exchange, Rejected rejected) {
        rejectionLog.add(rejected, UUID.randomUUID().toString());
        reject(exchange, SandboxResponse.error(rejected));
    }

    private static void sendText(RoutingContext exchange, int status, String text) {
        exchange.response().setStatusCode(status).end(text);
    }

    private void closePort(RoutingContext exchange) {
        var millis = exchange.request().getParam("millis", "");
        if (!millis.matches("[1-9][0-9]{0,4}")) {
            sendText(exchange, 400, "millis must be 1 to 99999, as in /_sandbox/close-port?millis=2000");
            return;
        }
        exchange.response().end().onComplete(sent -> portCloser.close(this, Long.parseLong(millis)));
    }

    private void patchSettings(RoutingContext exchange, byte[] body) {
        try {
            settings = settings.with(new JsonObject(Buffer.buffer(body)));
            policer.change(settings.limitAlgorithm(), settings.limit());
            exchange.json(settings.json());
        } catch (DecodeException | ClassCastException e) {
            sendText(exchange, 400, "the settings must be one JSON object");
        } catch (IllegalArgumentException e) {
            sendText(exchange, 400, String.valueOf(e.getMessage()));
        }
    }

    private void receive(RoutingContext exchange) {
        exchange.put(ARRIVED, System.nanoTime());
        Optional<Fault> fault;
        try {
            fault = Optional.ofNullable(exchange.request().getHeader(FAULT_HEADER)).map(Fault::parse)
                    .or(() -> settings.nextFault(random));
        } catch (IllegalArgumentException e) {
            reject(exchange, SandboxResponse.error(ErrorCode.INVALID_PARAMETER_VALUE, FAULT_HEADER + ": " + e.getMessage()));
            return;
        }
        if (fault.map(Fault::isBeforeBody).orElse(false)) {
            failBeforeBody(exchange, fault.orElseThrow());
            return;
        }
        var request = exchange.request();
        var head = ReceivedRequest.head(request.method().name(), request.authority(), request.query(), request.headers());
        readBody(exchange, head.maxBodyBytes(), () -> reject(exchange, RequestAuthenticator.tooLarge(head)),
                body -> respondAfterDelay(exchange, head.withBody(body), fault));
    }

    private void failBeforeBody(RoutingContext exchange, Fault fault) {
        if (fault.kind() == Fault.Kind.RESET_BEFORE_BODY) {
            api.recordDropped(UUID.randomUUID().toString(), System.nanoTime(), fault);
        }
        FaultyResponseWriter.reset(exchange);
        if (fault.kind() == Fault.Kind.REFUSE_CONNECTIONS) {
            portCloser.close(this, PORT_CLOSED_MILLIS);
        }
    }

    private static void readBody(RoutingContext exchange, int maxBytes, Runnable tooLarge, Consumer<byte[]> whole) {
        LimitedBodyReader.read(exchange, maxBytes, new LimitedBodyReader.Callback() {
            @Override
            public void onBody(byte[] bytes) {
                whole.accept(bytes);
            }

            @Override
            public void onTooLarge() {
                tooLarge.run();
            }
        });
    }

    /** Simulates the network delay of the request. */
    private void respondAfterDelay(RoutingContext exchange, ReceivedRequest request, Optional<Fault> fault) {
        var networkDelayNanos = settings.networkDelayNanos(random);
        FaultyResponseWriter.schedule(exchange, networkDelayNanos, () -> respond(exchange, request, fault,
                networkDelayNanos == 0 ? exchange.get(ARRIVED, System.nanoTime()) : System.nanoTime()));
    }

    private void respond(RoutingContext exchange, ReceivedRequest request, Optional<Fault> fault, long arrivedNanos) {
        var requestId = UUID.randomUUID().toString();
        var response = api.respond(request, requestId, arrivedNanos, fault, settings);
        exchange.response().putHeader("Date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(settings.now(clock).atOffset(ZoneOffset.UTC)));
        FaultyResponseWriter.schedule(exchange, settings.latencyNanos(random),
                () -> FaultyResponseWriter.send(exchange, response, requestId, fault.or(response::injectedFault)));
    }
}
