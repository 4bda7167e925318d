package io.cardverification.sandbox;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import org.jboss.logging.Logger;

import io.cardverification.tencentcloud.Action;
import io.cardverification.tencentcloud.Credentials;
import io.cardverification.tencentcloud.ErrorCode;
import io.cardverification.tencentcloud.SignatureCheck;
import io.cardverification.tencentcloud.SignedRequest;

/**
 * What happens to a request, in the order in which Tencent Cloud is taken to check it: method, common parameters, action and
 * version, key, time, signature, token, limit, parameters, business.
 *
 * <p>
 * Threads: one, the sandbox's event loop.
 */
final class ApiDoor {

    private static final Logger LOG = Logger.getLogger("io.cardverification.sandbox");
    private static final Action ACTION = Action.BANK_CARD_VERIFICATION;

    /** Clients may sign these although they connect elsewhere (the SDKs' ApigwEndpoint). */
    private static final Set<String> PUBLIC_HOSTS = Set.of("faceid.intl.tencentcloudapi.com", "faceid.tencentcloudapi.com");

    private static final Map<String, String> COMMON_PARAMETERS = Map.of("x-tc-action", "Action", "x-tc-version", "Version",
            "x-tc-timestamp", "Timestamp");

    private final SignatureCheck signatures;
    private final Optional<String> token;
    private final Policer policer;
    private final Arrivals arrivals;
    private final Clock clock;
    private long latestNanos;

    /** @param startNanos of the clock that arrivals are stamped by */
    ApiDoor(SandboxConfig config, Policer policer, Arrivals arrivals, Clock clock, long startNanos) {
        this.signatures = new SignatureCheck("faceid", PUBLIC_HOSTS,
                List.of(new Credentials(config.secretId(), config.secretKey(), null)));
        this.token = config.token();
        this.policer = policer;
        this.arrivals = arrivals;
        this.clock = clock;
        this.latestNanos = startNanos;
    }

    /** @param arrivedNanos when the head of the request was there, on the machine's monotonic clock */
    Answer answer(SignedRequest request, String requestId, long arrivedNanos) {
        return unfit(request)
                .or(() -> unauthentic(request))
                .or(() -> tooMany(requestId, arrivedNanos))
                .orElseGet(() -> Parameters.answer(request.body()));
    }

    private static Optional<Answer> unfit(SignedRequest request) {
        if (!request.method().equals("POST")) {
            return Optional.of(Answer.error(ErrorCode.UNSUPPORTED_PROTOCOL));
        }
        var missing = COMMON_PARAMETERS.entrySet().stream()
                .filter(parameter -> request.headers().getOrDefault(parameter.getKey(), "").isBlank())
                .map(Map.Entry::getValue).sorted().findFirst();
        if (missing.isPresent()) {
            return missing.map(Parameters::missing);
        }
        if (!ACTION.name().equals(request.headers().get("x-tc-action"))) {
            return Optional.of(Answer.error(ErrorCode.INVALID_ACTION));
        }
        return ACTION.version().equals(request.headers().get("x-tc-version")) ? Optional.empty()
                : Optional.of(Answer.error(ErrorCode.NO_SUCH_VERSION));
    }

    private Optional<Answer> unauthentic(SignedRequest request) {
        var refusal = signatures.refusal(request, clock.instant());
        if (refusal.isPresent()) {
            LOG.warnf("%s: %s", refusal.get().code().code(), refusal.get().diagnosis());
            return refusal.map(reason -> Answer.error(reason.code()));
        }
        if (token.equals(Optional.ofNullable(request.headers().get("x-tc-token")))) {
            return Optional.empty();
        }
        LOG.warnf("%s: X-TC-Token is not gateway.sandbox.token", ErrorCode.AUTH_FAILURE_TOKEN_FAILURE.code());
        return Optional.of(Answer.error(ErrorCode.AUTH_FAILURE_TOKEN_FAILURE));
    }

    private Optional<Answer> tooMany(String requestId, long arrivedNanos) {
        // A body that took longer than its successor's must not turn time back.
        latestNanos = latestNanos - arrivedNanos > 0 ? latestNanos : arrivedNanos;
        var admitted = policer.admits(latestNanos);
        arrivals.add(latestNanos, !admitted, requestId);
        return admitted ? Optional.empty()
                : Optional.of(Answer.error(ErrorCode.REQUEST_LIMIT_EXCEEDED, policer.message()));
    }

    static Map<String, String> lowerCase(Iterable<Map.Entry<String, String>> headers) {
        return StreamSupport.stream(headers.spliterator(), false)
                .collect(Collectors.toUnmodifiableMap(header -> header.getKey().toLowerCase(Locale.ROOT),
                        Map.Entry::getValue, (first, second) -> first));
    }
}
