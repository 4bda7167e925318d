package io.cardverification.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * Every request of the last minute that was counted against the limit, oldest first, and what all since the start add up to.
 * Threads: the sandbox's event loop.
 */
final class Arrivals {

    private static final long KEPT_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Consumer<Arrival> ledger;
    private final Deque<Arrival> arrivals = new ArrayDeque<>();
    private final TreeMap<String, Integer> byAnswer = new TreeMap<>();
    private final TreeMap<String, Integer> byFault = new TreeMap<>();
    private long counted;
    private long charged;

    /** @param ledger keeps what is forgotten here */
    Arrivals(Consumer<Arrival> ledger) {
        this.ledger = ledger;
    }

    void add(Arrival arrival) {
        forget(arrival.atNanos());
        arrivals.add(arrival);
        counted++;
        charged += arrival.isCharged() ? 1 : 0;
        byAnswer.merge(arrival.code(), 1, Integer::sum);
        var fault = arrival.fault();
        if (fault != null) {
            byFault.merge(fault.toString(), 1, Integer::sum);
        }
        ledger.accept(arrival);
    }

    JsonObject json(long nowNanos) {
        forget(nowNanos);
        return new JsonObject().put("arrivals", new JsonArray(arrivals.stream().map(Arrival::json).toList()));
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
