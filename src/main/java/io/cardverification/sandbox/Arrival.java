package io.cardverification.sandbox;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.vertx.core.json.JsonObject;

/**
 * A request that was counted against the limit.
 *
 * @param at for people, to find it in their own logs
 * @param atNanos of a monotonic clock without meaning of its own: differences count
 * @param answer null where nothing was done
 * @param question of {@link Questions}, or null where the parameters were not read
 */
record Arrival(Instant at, long atNanos, boolean refused, String requestId, @Nullable Answer answer,
        @Nullable Fault fault, @Nullable String question) {

    private static final String UNANSWERED = "none";

    String code() {
        return answer == null ? UNANSWERED : answer.code();
    }

    boolean isCharged() {
        return answer != null && answer.charged();
    }

    JsonObject json() {
        var row = new JsonObject().put("at", at.toString()).put("atNanos", atNanos).put("refused", refused)
                .put("requestId", requestId).put("answer", code()).put("charged", isCharged());
        if (fault != null) {
            row.put("fault", fault.toString());
        }
        return question == null ? row : row.put("question", question);
    }
}
