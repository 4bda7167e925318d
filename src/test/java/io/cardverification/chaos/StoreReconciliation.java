package io.cardverification.chaos;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.cardverification.testing.StoreRows;
import io.vertx.core.json.JsonObject;

/** Compares the entries of a stopped gateway's store with the exported lines, and its counters with the sandbox's charges. */
final class StoreReconciliation {

    private static final List<String> MEMBERS = List.of("caller", "fingerprint", "result", "error", "upstreamCode", "requestId",
            "charge", "attempts", "shared", "reused", "callerDisconnected");

    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private final List<String> wrongs = new ArrayList<>();

    private StoreReconciliation() {
    }

    /**
     * @param charges the sandbox's ledger
     * @param kills without them, entries and lines are the same
     */
    static Figures of(StoreRows store, List<JsonObject> lines, List<JsonObject> charges, int kills) throws SQLException {
        var books = new StoreReconciliation();
        books.compareLines(store.ledger(), lines, kills);
        books.compareCounters(store, (int) charges.stream().filter(row -> row.getBoolean("charged")).count());
        return new Figures(books.counts, books.wrongs);
    }

    /** The gateway writes both at the same time, so a kill may lose either. */
    private void compareLines(List<JsonObject> entries, List<JsonObject> lines, int kills) {
        var differences = new HashMap<List<String>, Integer>();
        entries.forEach(entry -> differences.merge(members(entry), 1, Integer::sum));
        lines.forEach(line -> differences.merge(members(line), -1, Integer::sum));
        var withoutLine = differences.values().stream().mapToInt(count -> Math.max(count, 0)).sum();
        var withoutEntry = differences.values().stream().mapToInt(count -> Math.max(-count, 0)).sum();
        counts.put("kills", kills);
        counts.put("entries of the store", entries.size());
        counts.put("entries without a line, by a kill", withoutLine);
        counts.put("lines without an entry, by a kill", withoutEntry);
        if (kills == 0 && withoutLine + withoutEntry > 0) {
            wrongs.add(withoutLine + " entries have no line, and " + withoutEntry + " lines have no entry");
        }
    }

    private static List<String> members(JsonObject entry) {
        return MEMBERS.stream().map(name -> String.valueOf(entry.getValue(name, ""))).toList();
    }

    private void compareCounters(StoreRows store, int charged) throws SQLException {
        var spent = store.rows("select charges from spend").stream().mapToInt(row -> row.getInteger("charges")).sum();
        counts.put("charged or perhaps charged, by the counters of callers", spent);
        counts.put("charged, with the warm-up", charged);
        if (spent < charged) {
            wrongs.add("the counters of callers have " + spent + " charges, the sandbox " + charged);
        }
        var open = store.rows("select number from call where ended_at is null").size();
        if (open > 0) {
            wrongs.add(open + " calls have no end");
        }
        var keys = store.rows("select key_hash from idempotency_key where completion is null").size();
        if (keys > 0) {
            wrongs.add(keys + " keys have no completion");
        }
    }
}
