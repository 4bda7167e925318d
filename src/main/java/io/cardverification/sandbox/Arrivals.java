package io.cardverification.sandbox;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * Every request of the last minute that was counted against the limit, oldest first, and what all since the start add up to.
 * Threads: the sandbox's event loop.
 */
final class Arrivals {

    private static final long KEPT_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final String UNANSWERED = "none";

    private record Arrival(Instant at, long atNanos, boolean refused, String requestId, String answer, boolean charged,
            String fault) {
    }

    private final Deque<Arrival> arrivals = new ArrayDeque<>();
    private final TreeMap<String, Integer> byAnswer = new TreeMap<>();
    private final TreeMap<String, Integer> byFault = new TreeMap<>();
    private long counted;
    private long charged;

    /**
     * @param at for people, to find it in their own logs
     * @param atNanos of a monotonic clock without meaning of its own: differences count
     * @param answer empty where nothing was done
     */
    void add(Instant at, long atNanos, boolean refused, String requestId, Optional<Answer> answer, Optional<Fault> fault) {
        forget(atNanos);
        var code = answer.map(Answer::code).orElse(UNANSWERED);
        var isCharged = answer.map(Answer::charged).orElse(false);
        arrivals.add(new Arrival(at, atNanos, refused, requestId, code, isCharged, fault.map(Fault::toString).orElse("")));
        counted++;
        charged += isCharged ? 1 : 0;
        byAnswer.merge(code, 1, Integer::sum);
        fault.ifPresent(each -> byFault.merge(each.toString(), 1, Integer::sum));
    }

    JsonObject json(long nowNanos) {
        forget(nowNanos);
        var list = new JsonArray();
        arrivals.forEach(arrival -> {
            var row = new JsonObject().put("at", arrival.at().toString()).put("atNanos", arrival.atNanos())
                    .put("refused", arrival.refused())
                    .put("requestId", arrival.requestId()).put("answer", arrival.answer())
                    .put("charged", arrival.charged());
            list.add(arrival.fault().isEmpty() ? row : row.put("fault", arrival.fault()));
        });
        return new JsonObject().put("arrivals", list);
    }

    JsonObject counters() {
        return new JsonObject().put("arrivals", counted).put("charged", charged)
                .put("byAnswer", new JsonObject(new TreeMap<>(byAnswer)))
                .put("byFault", new JsonObject(new TreeMap<>(byFault)));
    }

    private void forget(long nowNanos) {
        while (!arrivals.isEmpty() && nowNanos - arrivals.getFirst().atNanos() > KEPT_NANOS) {
            arrivals.removeFirst();
        }
    }
}
