package io.cardverification.store.sql;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.cardverification.verification.Charge;
import io.cardverification.verification.Completion;
import io.cardverification.verification.ResponseMetadata;
import io.cardverification.verification.ResultCode;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.cardverification.verification.VerificationResult;
import io.vertx.core.json.JsonObject;

/**
 * A completion as JSON text. Members that this version does not know are ignored. A code that it does not know becomes an
 * invalid response, whose charge is unknown.
 *
 * <p>
 * The wait and the sharing of the first request are not stored, since they mean nothing to another request.
 */
final class CompletionText {

    private CompletionText() {
    }

    static String encode(Completion completion) {
        var metadata = completion.metadata();
        var json = new JsonObject().put("attempts", metadata.attempts()).put("unknownAttempts", metadata.unknownAttempts());
        return completion.fold(result -> put(json, result), failure -> put(json, failure)).encode();
    }

    private static JsonObject put(JsonObject json, VerificationResult result) {
        return json.put("result", result.code().code()).put("description", result.description())
                .put("requestId", result.requestId());
    }

    private static JsonObject put(JsonObject json, VerificationFailure failure) {
        json.put("error", failure.label());
        failure.upstreamCode().ifPresent(code -> json.put("upstreamCode", code));
        failure.requestId().ifPresent(id -> json.put("requestId", id));
        if (failure.with(ResponseMetadata.NONE).charge() == Charge.NOT_SENT) {
            failure.retryAfter().ifPresent(pause -> json.put("retryAfterMillis", pause.toMillis()));
        }
        return json;
    }

    /** With the attempts, and without wait and age. */
    static Completion decode(String text) {
        var json = new JsonObject(text);
        var code = json.getString("result");
        var completion = code == null ? failure(json) : result(json, code);
        return completion.with(ResponseMetadata.ofAttempts(json.getInteger("attempts", 1),
                json.getInteger("unknownAttempts", 0), Duration.ZERO));
    }

    private static Completion result(JsonObject json, String code) {
        return ResultCode.of(code)
                .<Completion> map(known -> new VerificationResult(known, json.getString("description", ""),
                        json.getString("requestId", "")))
                .orElseGet(CompletionText::unknown);
    }

    private static Completion failure(JsonObject json) {
        return reason(json.getString("error", "")).map(reason -> failure(json, reason)).orElseGet(CompletionText::unknown);
    }

    private static Completion failure(JsonObject json, Reason reason) {
        var upstreamCode = optional(json, "upstreamCode");
        var requestId = json.getString("requestId");
        var pauseMillis = json.getLong("retryAfterMillis");
        if (requestId != null) {
            return VerificationFailure.byUpstream(reason, upstreamCode, requestId);
        }
        return pauseMillis == null ? VerificationFailure.of(reason)
                : VerificationFailure.notSent(reason, Duration.ofMillis(pauseMillis), upstreamCode);
    }

    private static @Nullable String optional(JsonObject json, String name) {
        return json.getString(name);
    }

    private static Optional<Reason> reason(String label) {
        return Arrays.stream(Reason.values()).filter(reason -> reason.label().equals(label)).findFirst();
    }

    private static Completion unknown() {
        return VerificationFailure.of(Reason.UPSTREAM_INVALID_RESPONSE);
    }
}
