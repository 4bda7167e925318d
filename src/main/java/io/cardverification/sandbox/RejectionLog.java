package io.cardverification.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;

import org.jboss.logging.Logger;

import io.cardverification.tencentcloud.AuthenticationResult.Rejected;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * The diagnoses of the last 100 rejected requests, newest last, for the developer of the client. A diagnosis names, for
 * example, the line of the canonical request that differs. Threads: the sandbox's event loop.
 */
final class RejectionLog {

    private static final Logger LOG = Logger.getLogger("io.cardverification.sandbox");
    private static final int MAX_ENTRIES = 100;

    private final Deque<JsonObject> entries = new ArrayDeque<>();

    void add(Rejected rejected, String requestId) {
        var code = rejected.code().code();
        var diagnosis = rejected.diagnosis().get();
        LOG.warnf("%s: %s", code, diagnosis);
        entries.add(new JsonObject().put("requestId", requestId).put("code", code).put("diagnosis", diagnosis));
        if (entries.size() > MAX_ENTRIES) {
            entries.removeFirst();
        }
    }

    JsonObject json() {
        var list = new JsonArray();
        entries.forEach(list::add);
        return new JsonObject().put("rejections", list);
    }
}
