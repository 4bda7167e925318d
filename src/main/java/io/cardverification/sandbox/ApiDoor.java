package io.cardverification.sandbox;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

import io.cardverification.tencentcloud.Action;
import io.cardverification.tencentcloud.AuthenticationResult.Accepted;
import io.cardverification.tencentcloud.AuthenticationResult.Rejected;
import io.cardverification.tencentcloud.Credentials;
import io.cardverification.tencentcloud.ErrorCode;
import io.cardverification.tencentcloud.ReceivedRequest;
import io.cardverification.tencentcloud.RequestAuthenticator;
import io.vertx.core.json.JsonObject;

/**
 * What happens to a request, in the order in which Tencent Cloud is taken to check it: what {@link RequestAuthenticator}
 * checks, the
 * limit, the parameters, their encryption, the business.
 *
 * <p>
 * Threads: one, the sandbox's event loop.
 */
final class ApiDoor {

    private static final Answer NO_OBJECT = Answer.error(ErrorCode.INVALID_PARAMETER,
            "The request body is not a JSON object.");

    private final RequestAuthenticator reception;
    private final Policer policer;
    private final DailyLimit dailyLimit;
    private final Decryption decryption = new Decryption();
    private final Questions questions;
    private final Diagnoses diagnoses;
    private final Arrivals arrivals;
    private final Clock clock;
    private long latestNanos;

    /** @param startNanos of the clock that arrivals are stamped by */
    ApiDoor(Credentials credentials, Policer policer, DailyLimit dailyLimit, Arrivals arrivals, Diagnoses diagnoses,
            Clock clock, long startNanos) {
        this.reception = new RequestAuthenticator(Action.BANK_CARD_VERIFICATION, List.of(credentials));
        this.questions = new Questions(credentials.secretKey());
        this.policer = policer;
        this.dailyLimit = dailyLimit;
        this.arrivals = arrivals;
        this.diagnoses = diagnoses;
        this.clock = clock;
        this.latestNanos = startNanos;
    }

    /** @param arrivedNanos when the head of the request was there, on the machine's monotonic clock */
    Answer answer(ReceivedRequest request, String requestId, long arrivedNanos, Optional<Fault> fault, Rules rules) {
        var answer = decided(request, requestId, arrivedNanos, fault, rules);
        return request.language().equals("zh-CN") ? Chinese.of(answer) : answer;
    }

    private Answer decided(ReceivedRequest request, String requestId, long arrivedNanos, Optional<Fault> fault, Rules rules) {
        var receipt = reception.authenticate(request, rules.now(clock));
        if (receipt instanceof Rejected refusal) {
            diagnoses.add(refusal, requestId);
            return Answer.error(refusal);
        }
        var atNanos = counted(arrivedNanos);
        var refused = !policer.admits(atNanos);
        var parameters = Parameters.read(((Accepted) receipt).parameters());
        var flaw = parameters.map(this::flaw).orElse(Optional.of(NO_OBJECT));
        var answer = refused ? Answer.error(ErrorCode.REQUEST_LIMIT_EXCEEDED, policer.message())
                : fault.flatMap(Fault::insteadOfAll).or(() -> flaw)
                        .orElseGet(() -> verified(parameters.orElseThrow(), rules.dailyLimit()));
        arrivals.add(new Arrival(clock.instant(), atNanos, refused, requestId, answer,
                fault.or(answer::mishap).orElse(null), parameters.flatMap(questions::name).orElse(null)));
        return answer;
    }

    /** Something arrived whose body was never read. */
    void lost(String requestId, long arrivedNanos, Fault fault) {
        var atNanos = counted(arrivedNanos);
        arrivals.add(new Arrival(clock.instant(), atNanos, !policer.admits(atNanos), requestId, null, fault, null));
    }

    /** A body that took longer than its successor's must not turn time back. */
    private long counted(long arrivedNanos) {
        latestNanos = latestNanos - arrivedNanos > 0 ? latestNanos : arrivedNanos;
        return latestNanos;
    }

    /**
     * Why they cannot be verified; makes them plain where they can. Done for what is refused, too: how often its question was
     * asked could not be told from ciphertexts, each of which is another.
     */
    private Optional<Answer> flaw(JsonObject parameters) {
        return Parameters.malformed(parameters).or(() -> decryption.refusal(parameters));
    }

    /** The page's own examples have white space before values, so it is dropped before anything is decided. */
    private Answer verified(JsonObject parameters, int limit) {
        var name = parameters.getString("Name").strip();
        var idCard = parameters.getString("IdCard").strip();
        var bankCard = parameters.getString("BankCard").strip();
        if (name.isEmpty()) {
            return TestCards.result(-2);
        }
        if (idCard.matches("[0-9]{15}")) {
            return TestCards.result(-19);
        }
        if (!idCard.matches("[0-9]{17}[0-9Xx]")) {
            return TestCards.result(-3);
        }
        if (!bankCard.matches("[0-9]{10,19}")) {
            return TestCards.result(-4);
        }
        return dailyLimit.isExceeded(limit, name, idCard, bankCard) ? TestCards.result(-18) : TestCards.answer(bankCard);
    }
}
