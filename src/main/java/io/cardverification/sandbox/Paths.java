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
import io.cardverification.tencentcloud.Credentials;
import io.cardverification.tencentcloud.ErrorCode;
import io.cardverification.tencentcloud.AuthenticationResult.Rejected;
import io.cardverification.tencentcloud.RequestAuthenticator;
import io.cardverification.tencentcloud.ReceivedRequest;
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
 * Where the sandbox answers: the API at {@code /}, and what a test wants to know or change below {@code /_sandbox}.
 *
 * <p>
 * Threads: the sandbox's event loop.
 */
final class Paths {

    /** What a client may ask to go wrong with its own request. */
    private static final String FAULT_HEADER = "Sandbox-Fault";
    private static final int MAX_RULES_BYTES = 64 * 1024;
    private static final long REFUSAL_MILLIS = 200;
    private static final String ARRIVED = "arrived";
    private static final String NO_SUCH_PATH = """
            GET   /_sandbox/arrivals
            GET   /_sandbox/counters
            GET   /_sandbox/diagnoses
            GET   /_sandbox/public-keys
            GET   /_sandbox/rules
            PATCH /_sandbox/rules
            POST  /_sandbox/refusal?millis=2000
            """;

    /** How the port is closed for a while. */
    interface Closing {
        void close(Paths paths, long millis);
    }

    private final Arrivals arrivals = new Arrivals(Ledger::write);
    private final Diagnoses diagnoses = new Diagnoses();
    private final RandomGenerator random;
    private final Policer policer;
    private final ApiDoor door;
    private final Closing closing;
    private final Clock clock;
    private Rules rules;

    Paths(SandboxConfig config, Rules rules, Clock clock, SecureRandom secureRandom, Closing closing) {
        var salt = new byte[16];
        secureRandom.nextBytes(salt);
        this.rules = rules;
        this.random = new Random(config.seed().orElseGet(secureRandom::nextLong));
        this.policer = new Policer(rules.policer(), rules.limit());
        this.door = new ApiDoor(credentials(config), policer, new DailyLimit(clock, salt), arrivals, diagnoses, clock,
                System.nanoTime());
        this.closing = closing;
        this.clock = clock;
    }

    static Credentials credentials(SandboxConfig config) {
        return new Credentials(config.secretId(), config.secretKey(), config.token().orElse(null));
    }

    Router router(Vertx vertx) {
        var router = Router.router(vertx);
        router.get("/_sandbox/arrivals").handler(exchange -> exchange.json(arrivals.json(System.nanoTime())));
        router.get("/_sandbox/counters").handler(exchange -> exchange.json(arrivals.counters()));
        router.get("/_sandbox/diagnoses").handler(exchange -> exchange.json(diagnoses.json()));
        router.get("/_sandbox/public-keys").handler(exchange -> exchange.json(KeyPairs.published()));
        router.get("/_sandbox/rules").handler(exchange -> exchange.json(rules.json()));
        router.patch("/_sandbox/rules").handler(exchange -> body(exchange, MAX_RULES_BYTES,
                () -> plain(exchange, 413, "rules are at most 64 KB"), body -> change(exchange, body)));
        router.post("/_sandbox/refusal").handler(this::refuse);
        router.route("/_sandbox*").handler(exchange -> plain(exchange, 404, NO_SUCH_PATH));
        router.route("/").handler(this::receive);
        router.route().handler(exchange -> refuse(exchange, ErrorCode.INVALID_ACTION));
        router.route().failureHandler(exchange -> refuse(exchange,
                exchange.statusCode() == 400 ? ErrorCode.INVALID_PARAMETER : ErrorCode.INTERNAL_ERROR));
        router.errorHandler(400, exchange -> refuse(exchange, ErrorCode.INVALID_PARAMETER)); // a path that cannot be decoded
        return router;
    }

    /** What is not even HTTP is answered in the protocol's way, too. */
    static void garbage(HttpServerRequest request) {
        var body = unreadable(request.decoderResult().cause()).envelope(UUID.randomUUID().toString()).toBuffer();
        request.response().setStatusCode(200).putHeader("Content-Type", "application/json").putHeader("Connection", "close")
                .end(body).onComplete(sent -> request.connection().close());
    }

    private static Answer unreadable(@Nullable Throwable cause) {
        var what = cause instanceof TooLongHttpLineException ? "address is"
                : cause instanceof TooLongHttpHeaderException ? "headers are" : null;
        return what == null ? Answer.error(ErrorCode.INVALID_PARAMETER)
                : Answer.error(ErrorCode.REQUEST_SIZE_LIMIT_EXCEEDED,
                        "The request size exceeds the upper limit: its " + what + " longer than 128 KB.");
    }

    private static void refuse(RoutingContext exchange, ErrorCode code) {
        refuse(exchange, Answer.error(code));
    }

    private static void refuse(RoutingContext exchange, Answer answer) {
        LimitedBodyReader.discard(exchange);
        Wire.send(exchange, answer, UUID.randomUUID().toString(), Optional.empty());
    }

    private void refuse(RoutingContext exchange, Rejected refusal) {
        diagnoses.add(refusal, UUID.randomUUID().toString());
        refuse(exchange, Answer.error(refusal));
    }

    private static void plain(RoutingContext exchange, int status, String text) {
        exchange.response().setStatusCode(status).end(text);
    }

    private void refuse(RoutingContext exchange) {
        var millis = exchange.request().getParam("millis", "");
        if (!millis.matches("[1-9][0-9]{0,4}")) {
            plain(exchange, 400, "millis must be 1 to 99999, as in /_sandbox/refusal?millis=2000");
            return;
        }
        exchange.response().end().onComplete(sent -> closing.close(this, Long.parseLong(millis)));
    }

    private void change(RoutingContext exchange, byte[] body) {
        try {
            rules = rules.with(new JsonObject(Buffer.buffer(body)));
            policer.change(rules.policer(), rules.limit());
            exchange.json(rules.json());
        } catch (DecodeException | ClassCastException e) {
            plain(exchange, 400, "rules are one JSON object");
        } catch (IllegalArgumentException e) {
            plain(exchange, 400, String.valueOf(e.getMessage()));
        }
    }

    private void receive(RoutingContext exchange) {
        exchange.put(ARRIVED, System.nanoTime());
        Optional<Fault> fault;
        try {
            fault = Optional.ofNullable(exchange.request().getHeader(FAULT_HEADER)).map(Fault::parse)
                    .or(() -> rules.fault(random));
        } catch (IllegalArgumentException e) {
            refuse(exchange, Answer.error(ErrorCode.INVALID_PARAMETER_VALUE, FAULT_HEADER + ": " + e.getMessage()));
            return;
        }
        if (fault.map(Fault::isBeforeBody).orElse(false)) {
            lose(exchange, fault.orElseThrow());
            return;
        }
        var request = exchange.request();
        var head = ReceivedRequest.head(request.method().name(), request.authority(), request.query(), request.headers());
        body(exchange, head.maxBodyBytes(), () -> refuse(exchange, RequestAuthenticator.tooLarge(head)),
                body -> travel(exchange, head.withBody(body), fault));
    }

    private void lose(RoutingContext exchange, Fault fault) {
        if (fault.kind() == Fault.Kind.RESET_BEFORE_BODY) {
            door.lost(UUID.randomUUID().toString(), System.nanoTime(), fault);
        }
        Wire.reset(exchange);
        if (fault.kind() == Fault.Kind.REFUSE_CONNECTIONS) {
            closing.close(this, REFUSAL_MILLIS);
        }
    }

    private static void body(RoutingContext exchange, int maxBytes, Runnable tooLarge, Consumer<byte[]> whole) {
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

    /** What a network would do to it. */
    private void travel(RoutingContext exchange, ReceivedRequest request, Optional<Fault> fault) {
        var travelNanos = rules.travelNanos(random);
        Wire.later(exchange, travelNanos, () -> answer(exchange, request, fault,
                travelNanos == 0 ? exchange.get(ARRIVED, System.nanoTime()) : System.nanoTime()));
    }

    private void answer(RoutingContext exchange, ReceivedRequest request, Optional<Fault> fault, long arrivedNanos) {
        var requestId = UUID.randomUUID().toString();
        var answer = door.answer(request, requestId, arrivedNanos, fault, rules);
        exchange.response().putHeader("Date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(rules.now(clock).atOffset(ZoneOffset.UTC)));
        Wire.later(exchange, rules.latencyNanos(random),
                () -> Wire.send(exchange, answer, requestId, fault.or(answer::mishap)));
    }
}
