package io.cardverification.sandbox;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.cardverification.tencentcloud.Action;
import io.cardverification.tencentcloud.Credentials;
import io.cardverification.tencentcloud.ErrorCode;
import io.cardverification.tencentcloud.Receipt.Call;
import io.cardverification.tencentcloud.Receipt.Refusal;
import io.cardverification.tencentcloud.Reception;
import io.cardverification.tencentcloud.SignedRequest;
import io.vertx.core.json.JsonObject;

/**
 * What happens to a request, in the order in which Tencent Cloud is taken to check it: what {@link Reception} checks, the
 * limit, the parameters, their encryption, the business.
 *
 * <p>
 * Threads: one, the sandbox's event loop.
 */
final class ApiDoor {

    private final Reception reception;
    private final Policer policer;
    private final DailyLimit dailyLimit;
    private final Decryption decryption = new Decryption();
    private final Diagnoses diagnoses;
    private final Arrivals arrivals;
    private final Clock clock;
    private long latestNanos;

    /** @param startNanos of the clock that arrivals are stamped by */
    ApiDoor(Credentials credentials, Policer policer, DailyLimit dailyLimit, Arrivals arrivals, Diagnoses diagnoses,
            Clock clock, long startNanos) {
        this.reception = new Reception(Action.BANK_CARD_VERIFICATION, List.of(credentials));
        this.policer = policer;
        this.dailyLimit = dailyLimit;
        this.arrivals = arrivals;
        this.diagnoses = diagnoses;
        this.clock = clock;
        this.latestNanos = startNanos;
    }

    /** @param arrivedNanos when the head of the request was there, on the machine's monotonic clock */
    Answer answer(SignedRequest request, String requestId, long arrivedNanos, Optional<Fault> fault, Rules rules) {
        var receipt = reception.receive(request, clock.instant());
        if (receipt instanceof Refusal refusal) {
            diagnoses.add(refusal, requestId);
            return Answer.error(refusal);
        }
        var atNanos = counted(arrivedNanos);
        if (!policer.admits(atNanos)) {
            var tooMany = Answer.error(ErrorCode.REQUEST_LIMIT_EXCEEDED, policer.message());
            arrivals.add(clock.instant(), atNanos, true, requestId, Optional.of(tooMany), fault);
            return tooMany;
        }
        var answer = fault.flatMap(Fault::insteadOfAll)
                .orElseGet(() -> done(Parameters.read(((Call) receipt).parameters()), rules));
        arrivals.add(clock.instant(), atNanos, false, requestId, Optional.of(answer), fault.or(answer::mishap));
        return answer;
    }

    /** Something arrived whose body was never read. */
    void lost(String requestId, long arrivedNanos, Fault fault) {
        var atNanos = counted(arrivedNanos);
        arrivals.add(clock.instant(), atNanos, !policer.admits(atNanos), requestId, Optional.empty(), Optional.of(fault));
    }

    /** A body that took longer than its successor's must not turn time back. */
    private long counted(long arrivedNanos) {
        latestNanos = latestNanos - arrivedNanos > 0 ? latestNanos : arrivedNanos;
        return latestNanos;
    }

    private Answer done(@Nullable JsonObject parameters, Rules rules) {
        if (parameters == null) {
            return Answer.error(ErrorCode.INVALID_PARAMETER, "The request body is not a JSON object.");
        }
        return Parameters.malformed(parameters).or(() -> decryption.refusal(parameters))
                .orElseGet(() -> verified(parameters, rules.dailyLimit()));
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
