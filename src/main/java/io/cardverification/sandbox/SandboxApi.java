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
 * The API of the sandbox. It checks a request in the order that Tencent Cloud is assumed to have: {@link RequestAuthenticator},
 * limit, parameters, encryption, result.
 *
 * <p>
 * Threads: one, the sandbox's event loop.
 */
final class SandboxApi {

    private static final SandboxResponse NO_OBJECT = SandboxResponse.error(ErrorCode.INVALID_PARAMETER,
            "The request body is not a JSON object.");

    private final RequestAuthenticator authenticator;
    private final Policer policer;
    private final DailyLimit dailyLimit;
    private final RequestDecryptor decryptor = new RequestDecryptor();
    private final RequestFingerprints fingerprints;
    private final RejectionLog rejectionLog;
    private final RequestJournal journal;
    private final Clock clock;
    private long latestNanos;

    /** @param startNanos the current time of the clock of {@code arrivedNanos} */
    SandboxApi(Credentials credentials, Policer policer, DailyLimit dailyLimit, RequestJournal journal,
            RejectionLog rejectionLog,
            Clock clock, long startNanos) {
        this.authenticator = new RequestAuthenticator(Action.BANK_CARD_VERIFICATION, List.of(credentials));
        this.fingerprints = new RequestFingerprints(credentials.secretKey());
        this.policer = policer;
        this.dailyLimit = dailyLimit;
        this.journal = journal;
        this.rejectionLog = rejectionLog;
        this.clock = clock;
        this.latestNanos = startNanos;
    }

    /** @param arrivedNanos when the head of the request was received, on the machine's monotonic clock */
    SandboxResponse respond(ReceivedRequest request, String requestId, long arrivedNanos, Optional<Fault> fault,
            SandboxSettings settings) {
        var response = process(request, requestId, arrivedNanos, fault, settings);
        return request.language().equals("zh-CN") ? ChineseMessages.of(response) : response;
    }

    private SandboxResponse process(ReceivedRequest request, String requestId, long arrivedNanos, Optional<Fault> fault,
            SandboxSettings settings) {
        var authentication = authenticator.authenticate(request, settings.now(clock));
        if (authentication instanceof Rejected rejected) {
            rejectionLog.add(rejected, requestId);
            return SandboxResponse.error(rejected);
        }
        var atNanos = notBeforeLatest(arrivedNanos);
        var rateLimited = !policer.tryAcquire(atNanos);
        var parameters = ParameterValidator.read(((Accepted) authentication).parameters());
        var rejection = parameters.map(this::checkAndDecrypt).orElse(Optional.of(NO_OBJECT));
        var response = rateLimited ? SandboxResponse.error(ErrorCode.REQUEST_LIMIT_EXCEEDED, policer.message())
                : fault.flatMap(Fault::replacementResponse).or(() -> rejection)
                        .orElseGet(() -> verify(parameters.orElseThrow(), settings.dailyLimit()));
        journal.add(new RequestRecord(clock.instant(), atNanos, rateLimited, requestId, response,
                fault.or(response::injectedFault).orElse(null), parameters.flatMap(fingerprints::of).orElse(null)));
        return response;
    }

    /** Records a request whose body was not read. */
    void recordDropped(String requestId, long arrivedNanos, Fault fault) {
        var atNanos = notBeforeLatest(arrivedNanos);
        journal.add(new RequestRecord(clock.instant(), atNanos, !policer.tryAcquire(atNanos), requestId, null, fault, null));
    }

    /** Keeps time monotonic if a slow body completes after the body of a later request. */
    private long notBeforeLatest(long arrivedNanos) {
        latestNanos = latestNanos - arrivedNanos > 0 ? latestNanos : arrivedNanos;
        return latestNanos;
    }

    /**
     * Returns the error of invalid parameters, or decrypts them. Also runs for rate-limited requests, because ciphertexts of
     * equal requests differ, and only plain values have a common fingerprint.
     */
    private Optional<SandboxResponse> checkAndDecrypt(JsonObject parameters) {
        return ParameterValidator.malformed(parameters).or(() -> decryptor.decrypt(parameters));
    }

    /** Strips white space first, because the page's own examples have white space before values. */
    private SandboxResponse verify(JsonObject parameters, int limit) {
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
        return dailyLimit.isExceeded(limit, name, idCard, bankCard) ? TestCards.result(-18) : TestCards.response(bankCard);
    }
}
