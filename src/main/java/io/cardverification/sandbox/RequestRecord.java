package io.cardverification.sandbox;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.vertx.core.json.JsonObject;

/**
 * A request that was counted against the limit.
 *
 * @param receivedAt for people, to find it in their own logs
 * @param receivedNanos of a monotonic clock without meaning of its own: differences count
 * @param response null where nothing was done
 * @param fingerprint of {@link RequestFingerprints}, or null where the parameters were not read
 */
record RequestRecord(Instant receivedAt, long receivedNanos, boolean rejected, String requestId, @Nullable SandboxResponse response,
        @Nullable Fault fault, @Nullable String fingerprint) {

    private static final String NO_RESPONSE = "none";

    String code() {
        return response == null ? NO_RESPONSE : response.code();
    }

    boolean isCharged() {
        return response != null && response.charged();
    }

    JsonObject json() {
        var row = new JsonObject().put("at", receivedAt.toString()).put("atNanos", receivedNanos).put("refused", rejected)
                .put("requestId", requestId).put("answer", code()).put("charged", isCharged());
        if (fault != null) {
            row.put("fault", fault.toString());
        }
        return fingerprint == null ? row : row.put("question", fingerprint);
    }
}
