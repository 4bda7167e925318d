package io.cardverification.cloudapi;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.cardverification.callers.CallerDirectory;
import io.cardverification.http.Connections;
import io.cardverification.http.Directives;
import io.cardverification.http.FilterOrder;
import io.cardverification.http.LimitedBodyReader;
import io.cardverification.http.RequestFraming;
import io.cardverification.tencentcloud.AuthenticationResult.Accepted;
import io.cardverification.tencentcloud.AuthenticationResult.Rejected;
import io.cardverification.tencentcloud.ErrorCode;
import io.cardverification.tencentcloud.ReceivedRequest;
import io.cardverification.verification.RateLimitStatus;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.cardverification.verification.Verifier;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * Handles requests of the Tencent Cloud API. Runs on the event loop. If a caller disconnects, its verification is cancelled.
 *
 * <p>
 * The handler authenticates by the headers before it reads the body, so an unknown client cannot make it buffer megabytes.
 */
@Singleton
final class TencentCloudApiHandler {

    private static final Logger LOG = Logger.getLogger(TencentCloudApiHandler.class);

    /**
     * Longer than any valid parameters of the action, and shorter than the protocol allows, to bound the memory of a request.
     */
    private static final int MAX_BODY_BYTES = 64 * 1024;

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;

    private final CallerDirectory callers;
    private final Verifier verifier;
    private final ApiErrorMapper errors;
    private final MeterRegistry meters;
    private final ObjectMapper mapper;
    private final Clock clock;
    /** Replaced after callers change. Two threads may replace it at the same time; both values are correct. */
    private volatile SdkCallers sdkCallers;

    TencentCloudApiHandler(CallerDirectory callers, Verifier verifier, RateLimitStatus rateLimit, MeterRegistry meters,
            ObjectMapper mapper,
            Clock clock) {
        this.callers = callers;
        this.sdkCallers = new SdkCallers(callers.sdkCredentials());
        this.verifier = verifier;
        this.errors = new ApiErrorMapper(rateLimit);
        this.meters = meters;
        this.mapper = mapper;
        this.clock = clock;
    }

    void registerFilter(@Observes Filters filters) {
        filters.register(exchange -> {
            if (!ProtocolDetector.matches(exchange.request())) {
                exchange.next();
                return;
            }
            try {
                receive(exchange);
            } catch (RuntimeException exception) {
                respond(exchange, exception, Envelope.error(ErrorCode.INTERNAL_ERROR));
            }
        }, FilterOrder.SDK_API);
    }

    /** Responds in the protocol to requests that Vert.x rejects itself, for example without Host. */
    void registerFailureHandler(@Observes Router router) {
        router.route().order(-FilterOrder.SDK_API).failureHandler(exchange -> {
            if (ProtocolDetector.matches(exchange.request())) {
                respond(exchange, RequestFraming.hasRejected(exchange) ? exchange.statusCode() : OK,
                        Envelope.error(RequestFraming.hasRejected(exchange) ? ErrorCode.UNSUPPORTED_PROTOCOL
                                : exchange.statusCode() == BAD_REQUEST ? ErrorCode.INVALID_PARAMETER
                                        : ErrorCode.INTERNAL_ERROR));
            } else {
                exchange.next();
            }
        });
    }

    private void receive(RoutingContext exchange) {
        var request = exchange.request();
        var head = ReceivedRequest.head(request.method().name(), request.authority(), request.query(), request.headers());
        var refusal = ProtocolDetector.hasProtocolPath(request)
                ? sdkCallers().authenticator().checkHead(head, LimitedBodyReader.announcedBytes(request), clock.instant())
                : Optional.of(ErrorCode.INVALID_ACTION).map(code -> new Rejected(code, code.message(), code::message));
        if (refusal.isPresent()) {
            LimitedBodyReader.discard(exchange);
            respond(exchange, countRejection(refusal.get()).envelope());
            return;
        }
        LimitedBodyReader.read(exchange, MAX_BODY_BYTES, new LimitedBodyReader.Callback() {
            @Override
            public void onBody(byte[] bytes) {
                receive(exchange, head.withBody(bytes));
            }

            @Override
            public void onTooLarge() {
                respond(exchange, Envelope.error(ErrorCode.INVALID_PARAMETER_VALUE.code(),
                        "The parameters of this action must not be longer than 64 KB."));
            }
        });
    }

    private void receive(RoutingContext exchange, ReceivedRequest request) {
        var context = exchange.vertx().getOrCreateContext();
        Uni<Envelope> outcome;
        try {
            outcome = envelope(exchange, request);
        } catch (RuntimeException exception) { // the gateway has sent nothing yet
            respond(exchange, exception, Envelope.error(ErrorCode.INTERNAL_ERROR));
            return;
        }
        var subscription = outcome
                .emitOn(task -> context.runOnContext(ignored -> task.run()))
                .subscribe().with(envelope -> respond(exchange, envelope),
                        exception -> respond(exchange, exception,
                                errors.envelope(VerificationFailure.of(Reason.UPSTREAM_TIMEOUT))));
        exchange.addEndHandler(ended -> subscription.cancel());
    }

    private Uni<Envelope> envelope(RoutingContext exchange, ReceivedRequest request) {
        var sdkCallers = sdkCallers();
        var result = sdkCallers.authenticator().authenticate(request, clock.instant());
        try {
            if (result instanceof Rejected refusal) {
                throw countRejection(refusal);
            }
            var call = (Accepted) result;
            Connections.authenticated(exchange);
            var headers = exchange.request().headers();
            BodyHeaders.check(headers, request.method().equals("GET"), call.parameters());
            return verifier
                    .verify(CallParameters.read(call.parameters(), mapper), sdkCallers.callOptions(call.secretId(),
                            Directives.isNoCache(headers.getAll("Cache-Control"))))
                    .map(completion -> completion.fold(Envelope::of, errors::envelope));
        } catch (ApiErrorException error) {
            return Uni.createFrom().item(error.envelope());
        }
    }

    private SdkCallers sdkCallers() {
        var latest = sdkCallers.withCredentials(callers.sdkCredentials());
        sdkCallers = latest;
        return latest;
    }

    /**
     * Counts a rejection in a metric. A log line would let any client fill the log. The metric still shows attempts to guess a
     * key.
     */
    private ApiErrorException countRejection(Rejected refusal) {
        Counter.builder("gateway.cloudapi.rejected")
                .description("Requests of the Tencent Cloud API that failed authentication, by code")
                .tag("code", refusal.code().code()).register(meters).increment();
        return new ApiErrorException(refusal);
    }

    /** Logs only the class of an unexpected exception, since its message may contain a personal value. */
    private static void respond(RoutingContext exchange, Throwable exception, Envelope envelope) {
        LOG.errorf("Internal error: %s. The charge of the request is unknown", exception.getClass().getName());
        respond(exchange, envelope);
    }

    private static void respond(RoutingContext exchange, Envelope envelope) {
        respond(exchange, OK, envelope);
    }

    private static void respond(RoutingContext exchange, int status, Envelope envelope) {
        var response = exchange.response();
        if (response.ended() || response.closed()) {
            return;
        }
        var metadata = envelope.metadata();
        if (metadata.shared()) {
            response.putHeader("Gateway-Shared", "true");
        }
        if (metadata.unknownAttempts() > 0) {
            response.putHeader("Gateway-Unknown-Attempts", Integer.toString(metadata.unknownAttempts()));
        }
        metadata.reusedAfter().ifPresent(age -> response.putHeader("Age", Long.toString(age.toSeconds())));
        response.setStatusCode(status).putHeader("Content-Type", "application/json")
                .putHeader("Gateway-Charged", envelope.charge().toString())
                .end(envelope.json(UUID.randomUUID().toString()));
    }
}
