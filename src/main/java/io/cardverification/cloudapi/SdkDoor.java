package io.cardverification.cloudapi;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.cardverification.body.BoundedBody;
import io.cardverification.callers.Callers;
import io.cardverification.edge.Connections;
import io.cardverification.http.Directives;
import io.cardverification.http.RequestFraming;
import io.cardverification.tencentcloud.ErrorCode;
import io.cardverification.tencentcloud.Receipt.Call;
import io.cardverification.tencentcloud.Receipt.Refusal;
import io.cardverification.tencentcloud.SignedRequest;
import io.cardverification.verification.Quota;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.Verifier;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * Answers whoever speaks the protocol. Runs on the event loop; a caller that disconnects cancels its verification.
 *
 * <p>
 * What the head decides is decided before the body is read, so nobody unknown makes the gateway hold megabytes.
 */
@Singleton
final class SdkDoor {

    private static final Logger LOG = Logger.getLogger(SdkDoor.class);

    /** No parameters of the action are longer, whatever the protocol allows: what is held for a caller stays small. */
    private static final int MOST_KEPT_BYTES = 64 * 1024;

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;

    /** Before Quarkus' own routes and limits, behind what holds for every answer. */
    private static final int PRIORITY = 1_000;

    private final Callers callers;
    private final Verifier verifier;
    private final Failures failures;
    private final MeterRegistry meters;
    private final ObjectMapper mapper;
    private final Clock clock;
    /** Made anew when callers change; two threads may both do so then, and either is right. */
    private volatile Known known;

    SdkDoor(Callers callers, Verifier verifier, Quota quota, MeterRegistry meters, ObjectMapper mapper,
            Clock clock) {
        this.callers = callers;
        this.known = new Known(callers.keyPairs());
        this.verifier = verifier;
        this.failures = new Failures(quota);
        this.meters = meters;
        this.mapper = mapper;
        this.clock = clock;
    }

    void open(@Observes Filters filters) {
        filters.register(exchange -> {
            if (!Protocol.isSpoken(exchange.request())) {
                exchange.next();
                return;
            }
            try {
                receive(exchange);
            } catch (RuntimeException defect) {
                answer(exchange, defect, Envelope.error(ErrorCode.INTERNAL_ERROR));
            }
        }, PRIORITY);
    }

    /** What Vert.x refuses by itself, such as a request without Host, is answered in the protocol, too. */
    void catchFailures(@Observes Router router) {
        router.route().order(-PRIORITY).failureHandler(exchange -> {
            if (Protocol.isSpoken(exchange.request())) {
                answer(exchange, RequestFraming.hasRefused(exchange) ? exchange.statusCode() : OK,
                        Envelope.error(RequestFraming.hasRefused(exchange) ? ErrorCode.UNSUPPORTED_PROTOCOL
                                : exchange.statusCode() == BAD_REQUEST ? ErrorCode.INVALID_PARAMETER
                                        : ErrorCode.INTERNAL_ERROR));
            } else {
                exchange.next();
            }
        });
    }

    private void receive(RoutingContext exchange) {
        var request = exchange.request();
        var head = SignedRequest.head(request.method().name(), request.authority(), request.query(), request.headers());
        var refusal = Protocol.hasItsPath(request)
                ? known().reception().refusal(head, BoundedBody.announcedBytes(request), clock.instant())
                : Optional.of(ErrorCode.INVALID_ACTION).map(code -> new Refusal(code, code.message(), code::message));
        if (refusal.isPresent()) {
            BoundedBody.drop(exchange);
            answer(exchange, counted(refusal.get()).envelope());
            return;
        }
        BoundedBody.read(exchange, MOST_KEPT_BYTES, new BoundedBody.Reader() {
            @Override
            public void whole(byte[] bytes) {
                receive(exchange, head.with(bytes));
            }

            @Override
            public void tooLarge() {
                answer(exchange, Envelope.error(ErrorCode.INVALID_PARAMETER_VALUE.code(),
                        "The parameters are longer than 64 KB, which none of this action can be."));
            }
        });
    }

    private void receive(RoutingContext exchange, SignedRequest request) {
        var context = exchange.vertx().getOrCreateContext();
        Uni<Envelope> question;
        try {
            question = envelope(exchange, request);
        } catch (RuntimeException defect) { // nothing has been asked yet
            answer(exchange, defect, Envelope.error(ErrorCode.INTERNAL_ERROR));
            return;
        }
        var asked = question
                .emitOn(task -> context.runOnContext(ignored -> task.run()))
                .subscribe().with(envelope -> answer(exchange, envelope),
                        defect -> answer(exchange, defect, failures.envelope(VerificationFailure.silent())));
        exchange.addEndHandler(ended -> asked.cancel());
    }

    private Uni<Envelope> envelope(RoutingContext exchange, SignedRequest request) {
        var known = known();
        var receipt = known.reception().receive(request, clock.instant());
        try {
            if (receipt instanceof Refusal refusal) {
                throw counted(refusal);
            }
            var call = (Call) receipt;
            Connections.authenticated(exchange);
            var headers = exchange.request().headers();
            BodyHeaders.check(headers, request.method().equals("GET"), call.parameters());
            return verifier
                    .verify(Question.read(call.parameters(), mapper), known.terms(call.secretId(),
                            Directives.isNoCache(headers.getAll("Cache-Control"))))
                    .map(Envelope::of)
                    .onFailure(VerificationFailure.class).recoverWithItem(failures::envelope);
        } catch (Refused refused) {
            return Uni.createFrom().item(refused.envelope());
        }
    }

    private Known known() {
        var latest = known.with(callers.keyPairs());
        known = latest;
        return latest;
    }

    /** What callers do wrong is no line in the log, which they could fill; who guesses keys is seen here all the same. */
    private Refused counted(Refusal refusal) {
        Counter.builder("gateway.cloudapi.refused").description("Requests at the SDK door that were not let in, by code")
                .tag("code", refusal.code().code()).register(meters).increment();
        return new Refused(refusal);
    }

    /** The message of a defect of ours may hold anything, so it is not logged. */
    private static void answer(RoutingContext exchange, Throwable defect, Envelope envelope) {
        LOG.errorf("a defect, cause: %s", defect.getClass().getName());
        answer(exchange, envelope);
    }

    private static void answer(RoutingContext exchange, Envelope envelope) {
        answer(exchange, OK, envelope);
    }

    private static void answer(RoutingContext exchange, int status, Envelope envelope) {
        var response = exchange.response();
        if (response.ended() || response.closed()) {
            return;
        }
        var delivery = envelope.delivery();
        if (delivery.shared()) {
            response.putHeader("Gateway-Shared", "true");
        }
        if (delivery.unknownAttempts() > 0) {
            response.putHeader("Gateway-Unknown-Attempts", Integer.toString(delivery.unknownAttempts()));
        }
        delivery.reusedAfter().ifPresent(age -> response.putHeader("Age", Long.toString(age.toSeconds())));
        response.setStatusCode(status).putHeader("Content-Type", "application/json")
                .putHeader("Gateway-Charged", envelope.charge().toString())
                .end(envelope.json(UUID.randomUUID().toString()));
    }
}
