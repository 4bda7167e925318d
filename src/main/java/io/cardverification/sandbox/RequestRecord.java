package io.cardverification.sandbox;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.vertx.core.json.JsonObject;

/**
 * A request that was counted against the limit.
 *
 * @param receivedAt for people, to find the request in their own logs
 * @param receivedNanos of a monotonic clock with an arbitrary origin; only differences have a meaning
 * @param response null if the sandbox did not process the request
 * @param fingerprint of {@link RequestFingerprints}, or null if the parameters were not read
 */
record RequestRecord(Instant receivedAt, long receivedNanos, boolean rejected, String requestId,
        @Nullable SandboxResponse response,
        @Nullable Fault fault, @Nullable String fingerprint) {

    private static final String NO_RESPONSE = "none";

    String code() {
        return response == null ? NO_RESPONSE : response.code();
    }

    boolean isCharged() {
        return response != null && response.charged();
    }

    JsonObject json() {
        var row = new JsonObject().put("receivedAt", receivedAt.toString()).put("receivedNanos", receivedNanos)
                .put("rejected", rejected)
                .put("requestId", requestId).put("code", code()).put("charged", isCharged());
        if (fault != null) {
            row.put("fault", fault.toString());
        }
        return fingerprint == null ? row : row.put("fingerprint", fingerprint);
    }
}
