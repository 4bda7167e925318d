package io.cardverification.replicas;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The lease table as JSON. A later version may add members, which this one ignores. */
final class LeaseTableText {

    private LeaseTableText() {
    }

    static String encode(LeaseTable table) {
        return new JsonObject().put("epoch", table.epoch()).put("server", table.server()).put("settled", table.settled())
                .put("limit", table.limit())
                .put("permits", array(table.permits(), row -> new JsonObject().put("owner", row.owner())
                        .put("restNanos", row.restNanos()).put("grantedSeq", row.grantedSeq())))
                .put("replicas", array(table.replicas(), row -> new JsonObject().put("id", row.id()).put("seq", row.seq())
                        .put("leaving", row.leaving()).put("interactive", row.interactive()).put("batch", row.batch())
                        .put("marginNanos", row.marginNanos()).put("sent", row.sent()).put("rejected", row.rejected())))
                .encode();
    }

    private static <T> JsonArray array(List<T> rows, Function<T, JsonObject> row) {
        return new JsonArray(rows.stream().map(row).toList());
    }

    static LeaseTable decode(String text) {
        var json = new JsonObject(text);
        return new LeaseTable(json.getLong("epoch"), json.getString("server"), json.getBoolean("settled"),
                json.getInteger("limit"),
                rows(json, "permits", row -> new PermitRow(row.getLong("owner"), row.getLong("restNanos"),
                        row.getLong("grantedSeq"))),
                rows(json, "replicas", row -> new ReplicaRow(row.getLong("id"), row.getLong("seq"), row.getBoolean("leaving"),
                        row.getInteger("interactive"), row.getInteger("batch"), row.getLong("marginNanos"),
                        row.getLong("sent"), row.getLong("rejected"))));
    }

    private static <T> List<T> rows(JsonObject json, String name, Function<JsonObject, T> row) {
        var array = json.getJsonArray(name);
        return IntStream.range(0, array.size()).mapToObj(at -> row.apply(array.getJsonObject(at))).toList();
    }
}
