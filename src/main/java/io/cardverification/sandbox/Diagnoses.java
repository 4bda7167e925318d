package io.cardverification.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;

import org.jboss.logging.Logger;

import io.cardverification.tencentcloud.AuthenticationResult.Rejected;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * What was wrong with the last hundred requests that were not let in, newest last, for whoever has to mend the client: which
 * line of the canonical request differs, for example. Threads: the sandbox's event loop.
 */
final class Diagnoses {

    private static final Logger LOG = Logger.getLogger("io.cardverification.sandbox");
    private static final int MOST_KEPT = 100;

    private final Deque<JsonObject> kept = new ArrayDeque<>();

    void add(Rejected refusal, String requestId) {
        var code = refusal.code().code();
        var diagnosis = refusal.diagnosis().get();
        LOG.warnf("%s: %s", code, diagnosis);
        kept.add(new JsonObject().put("requestId", requestId).put("code", code).put("diagnosis", diagnosis));
        if (kept.size() > MOST_KEPT) {
            kept.removeFirst();
        }
    }

    JsonObject json() {
        var list = new JsonArray();
        kept.forEach(list::add);
        return new JsonObject().put("diagnoses", list);
    }
}
