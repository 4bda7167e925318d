package io.cardverification.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * A journal of the last minute's requests that count against the limit, oldest first, with totals since the start. Threads: the
 * sandbox's event loop.
 */
final class RequestJournal {

    private static final long RETENTION_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Consumer<RequestRecord> ledger;
    private final Deque<RequestRecord> records = new ArrayDeque<>();
    private final TreeMap<String, Integer> countByCode = new TreeMap<>();
    private final TreeMap<String, Integer> countByFault = new TreeMap<>();
    private long total;
    private long charged;

    /** @param ledger receives each record, and keeps it longer */
    RequestJournal(Consumer<RequestRecord> ledger) {
        this.ledger = ledger;
    }

    void add(RequestRecord entry) {
        expire(entry.receivedNanos());
        records.add(entry);
        total++;
        charged += entry.isCharged() ? 1 : 0;
        countByCode.merge(entry.code(), 1, Integer::sum);
        var fault = entry.fault();
        if (fault != null) {
            countByFault.merge(fault.toString(), 1, Integer::sum);
        }
        ledger.accept(entry);
    }

    JsonObject json(long nowNanos) {
        expire(nowNanos);
        return new JsonObject().put("requests", new JsonArray(records.stream().map(RequestRecord::json).toList()));
    }

    JsonObject counters() {
        return new JsonObject().put("requests", total).put("charged", charged)
                .put("byCode", new JsonObject(new TreeMap<>(countByCode)))
                .put("byFault", new JsonObject(new TreeMap<>(countByFault)));
    }

    private void expire(long nowNanos) {
        while (!records.isEmpty() && nowNanos - records.getFirst().receivedNanos() > RETENTION_NANOS) {
            records.removeFirst();
        }
    }
}
