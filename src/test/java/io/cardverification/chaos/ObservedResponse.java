package io.cardverification.chaos;

import java.util.Optional;

import io.vertx.core.json.JsonObject;

/**
 * What one connection brought.
 *
 * @param atNanos when it ended
 */
record ObservedResponse(Question question, How how, String charged, boolean shared, boolean reused, Optional<String> requestId,
        Optional<String> answer, long atNanos) {

    enum How {
        ANSWERED,
        /** The caller hung up. */
        DROPPED,
        /** The gateway did. */
        BROKEN,
        /** The port was closed, so nothing was asked. */
        REFUSED,
        /** The caller was patient for a minute, and the gateway kept the connection open. */
        UNANSWERED
    }

    static ObservedResponse nothing(Question question, How how) {
        return new ObservedResponse(question, how, "", false, false, Optional.empty(), Optional.empty(),
                System.nanoTime());
    }

    /** By the front door. */
    static ObservedResponse json(Question question, JsonObject body) {
        return new ObservedResponse(question, How.ANSWERED, String.valueOf(body.getValue("charged")),
                body.getBoolean("shared", false),
                body.getBoolean("reused", false), Optional.ofNullable(body.getString("requestId")).filter(id -> !id.isEmpty()),
                Optional.ofNullable(body.getString("result")).or(() -> Optional.ofNullable(body.getString("upstreamCode"))),
                System.nanoTime());
    }

    /** By the SDK door, where a request id may be the gateway's own. */
    static ObservedResponse envelope(Question question, JsonObject body, String charged, boolean shared, boolean reused) {
        var response = body.getJsonObject("Response");
        var error = response.getJsonObject("Error");
        return new ObservedResponse(question, How.ANSWERED, charged, shared, reused,
                error == null ? Optional.of(response.getString("RequestId")) : Optional.empty(),
                Optional.ofNullable(response.getString("Result")), System.nanoTime());
    }

    boolean isOwn(String charge) {
        return how == How.ANSWERED && charged.equals(charge) && !shared && !reused;
    }
}
