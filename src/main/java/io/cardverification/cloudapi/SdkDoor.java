package io.cardverification.cloudapi;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.cardverification.body.BoundedBody;
import io.cardverification.callers.KeyPairs;
import io.cardverification.tencentcloud.Action;
import io.cardverification.tencentcloud.ErrorCode;
import io.cardverification.tencentcloud.Receipt.Call;
import io.cardverification.tencentcloud.Receipt.Refusal;
import io.cardverification.tencentcloud.Reception;
import io.cardverification.tencentcloud.SignedRequest;
import io.cardverification.verification.Quota;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.Verifier;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.mutiny.Uni;
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

    /** Before Quarkus' own routes and limits, behind what holds for every answer. */
    private static final int PRIORITY = 1_000;

    private final Reception reception;
    private final Callers callers;
    private final Verifier verifier;
    private final Failures failures;
    private final ObjectMapper mapper;
    private final Clock clock;

    SdkDoor(KeyPairs keyPairs, Verifier verifier, Quota quota, ObjectMapper mapper, Clock clock) {
        this.callers = new Callers(keyPairs.issued());
        this.reception = new Reception(Action.BANK_CARD_VERIFICATION, callers.credentials());
        this.verifier = verifier;
        this.failures = new Failures(quota);
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

    private void receive(RoutingContext exchange) {
        var request = exchange.request();
        var head = SignedRequest.head(request.method().name(), request.authority(), request.query(), request.headers());
        var refusal = Protocol.hasItsPath(request)
                ? reception.refusal(head, BoundedBody.announcedBytes(request), clock.instant())
                : Optional.of(ErrorCode.INVALID_ACTION).map(code -> new Refusal(code, code.message(), code::message));
        if (refusal.isPresent()) {
            BoundedBody.drop(exchange);
            answer(exchange, new Refused(refusal.get()).envelope());
            return;
        }
        BoundedBody.read(exchange, head.maxBodyBytes(), new BoundedBody.Reader() {
            @Override
            public void whole(byte[] bytes) {
                receive(exchange, head.with(bytes));
            }

            @Override
            public void tooLarge() {
                answer(exchange, Envelope.error(ErrorCode.REQUEST_SIZE_LIMIT_EXCEEDED));
            }

            @Override
            public void broken() {
                answer(exchange, Envelope.error(ErrorCode.INVALID_PARAMETER));
            }
        });
    }

    private void receive(RoutingContext exchange, SignedRequest request) {
        var context = exchange.vertx().getOrCreateContext();
        var asked = Uni.createFrom().deferred(() -> envelope(request))
                .emitOn(task -> context.runOnContext(ignored -> task.run()))
                .subscribe().with(envelope -> answer(exchange, envelope),
                        defect -> answer(exchange, defect, failures.envelope(VerificationFailure.silent())));
        exchange.addEndHandler(ended -> asked.cancel());
    }

    private Uni<Envelope> envelope(SignedRequest request) {
        var receipt = reception.receive(request, clock.instant());
        try {
            if (receipt instanceof Refusal refusal) {
                throw new Refused(refusal);
            }
            var call = (Call) receipt;
            return verifier.verify(Question.read(call.parameters(), mapper), callers.terms(call.secretId()))
                    .map(Envelope::of)
                    .onFailure(VerificationFailure.class).recoverWithItem(failures::envelope);
        } catch (Refused refused) {
            return Uni.createFrom().item(refused.envelope());
        }
    }

    /** The message of a defect of ours may hold anything, so it is not logged. */
    private static void answer(RoutingContext exchange, Throwable defect, Envelope envelope) {
        LOG.errorf("a defect, cause: %s", defect.getClass().getName());
        answer(exchange, envelope);
    }

    private static void answer(RoutingContext exchange, Envelope envelope) {
        var response = exchange.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (envelope.shared()) {
            response.putHeader("Gateway-Shared", "true");
        }
        response.setStatusCode(200).putHeader("Content-Type", "application/json")
                .putHeader("Gateway-Charged", envelope.charge().toString())
                .end(envelope.json(UUID.randomUUID().toString()));
    }
}
