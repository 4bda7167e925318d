package io.cardverification.chaos;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.vertx.core.json.JsonObject;

/**
 * Compares, row by row, the sandbox's ledger, the ledger and the counters in the store of several gateways, the lines of their
 * files, and the answers of callers.
 *
 * <p>
 * Each charge of the sandbox is one row: the charged one with its request id, or one of its question with an unknown charge. A
 * gateway writes its row and its line at the same time, so a kill may lose either. A lost row leaves its call without an end,
 * for
 * which another gateway adds a row with an unknown charge. Without a kill, rows and lines are the same. Used once, by one
 * thread.
 */
final class ReplicaReconciliation {

    private static final int MAX_WRONGS = 20;
    /** Records are written behind. A store that takes longer than this is not available, and nothing is sent. */
    private static final int MAX_UNWRITTEN_SECONDS = 3;
    private static final List<String> MEMBERS = List.of("caller", "fingerprint", "result", "error", "upstreamCode", "requestId",
            "charge", "attempts", "waitedMillis", "shared", "reused", "callerDisconnected", "initiator");

    private final QuestionFingerprints fingerprints = new QuestionFingerprints();
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private final List<String> wrongs = new ArrayList<>();
    private final Map<String, List<JsonObject>> chargesByQuestion;
    private final Map<String, List<JsonObject>> rowsByFingerprint;

    private ReplicaReconciliation(List<JsonObject> requests, List<JsonObject> rows) {
        this.chargesByQuestion = requests.stream().filter(request -> request.getBoolean("charged"))
                .collect(Collectors.groupingBy(request -> request.getString("fingerprint")));
        this.rowsByFingerprint = rows.stream().filter(row -> isOwn(row, "charged") || isOwn(row, "unknown"))
                .collect(Collectors.groupingBy(row -> row.getString("fingerprint")));
        for (var name : List.of("charged", "told charged", "told unknown", "charged twice", "charges without a ledger row",
                "rows without their charge", "answers without a row", "unknown, and not in the sandbox's ledger")) {
            counts.put(name, 0);
        }
    }

    /** @param fleet stopped, but for its database */
    static Figures of(ReplicaFleet fleet, Map<Integer, ObservedResponse> answers) throws Exception {
        var requests = fleet.requests();
        var rows = fleet.rows("ledger");
        var books = new ReplicaReconciliation(requests, rows);
        answers.forEach((number, answer) -> books.compare(ReplicaCallers.question(number), answer));
        books.compareLines(rows, fleet.lines(), fleet.kills());
        books.compareSpend(fleet.rows("spend").stream().mapToInt(row -> row.getInteger("charges")).sum());
        books.counts.put("calls without an end", fleet.rows("call where ended_at is null").size());
        books.counts.put("keys without a completion", fleet.rows("idempotency_key where completion is null").size());
        books.requireZero("calls without an end");
        books.requireZero("keys without a completion");
        books.counts.put("rejected by the sandbox's limit", count(requests, request -> request.getBoolean("rejected")));
        books.counts.put("most in any sliding second", new Arrivals(requests).mostInAnySecond());
        return new Figures(books.counts, books.wrongs);
    }

    private void wrong(String count, String what) {
        counts.merge(count, 1, Integer::sum);
        if (wrongs.size() < MAX_WRONGS) {
            wrongs.add(count + ": " + what);
        }
    }

    private void requireZero(String count) {
        if (counts.get(count) > 0) {
            wrongs.add(count + ": " + counts.get(count));
        }
    }

    private void compare(Question question, ObservedResponse answer) {
        var charges = chargesByQuestion.getOrDefault(QuestionFingerprints.inSandbox(question), List.of());
        var rows = rowsByFingerprint.getOrDefault(fingerprints.inGateway(question), List.of());
        var charged = charges.stream().map(request -> request.getString("requestId")).toList();
        var known = rows.stream().filter(row -> isOwn(row, "charged")).map(row -> row.getString("requestId")).toList();
        var unknown = rows.size() - known.size();
        var about = "question %d: the sandbox %s, the ledger %s".formatted(question.number(), charged, rows.stream()
                .map(row -> row.getString("charge") + ' ' + row.getString("error", row.getString("requestId"))).toList());
        counts.merge("charged", charged.size(), Integer::sum);
        if (charged.size() > 1) {
            wrong("charged twice", about);
        }
        var without = charged.stream().filter(id -> !known.contains(id)).count();
        if (without > unknown) {
            wrong("charges without a ledger row", about);
        }
        counts.merge("unknown, and not in the sandbox's ledger", (int) Math.max(0, unknown - without), Integer::sum);
        if (!charged.containsAll(known) || known.stream().distinct().count() < known.size()) {
            wrong("rows without their charge", about);
        }
        compareAnswer(answer, rows, about);
    }

    private void compareAnswer(ObservedResponse answer, List<JsonObject> rows, String about) {
        var isKnown = answer.charged().equals("true");
        counts.merge(isKnown ? "told charged" : "told unknown", 1, Integer::sum);
        var charge = isKnown ? "charged" : "unknown";
        var isRecorded = rows.stream().anyMatch(row -> isOwn(row, charge)
                && (!isKnown || answer.requestId().equals(Optional.of(row.getString("requestId")))));
        // A kill between the commits of a row and of its call's end leaves both: charged, and interrupted.
        var isInterrupted = isKnown && rows.stream().anyMatch(row -> isOwn(row, "unknown"));
        if (!isRecorded && !isInterrupted) {
            wrong("answers without a row", "told " + answer.charged() + ' ' + answer.requestId().orElse("") + ", " + about);
        }
    }

    private void compareLines(List<JsonObject> rows, List<JsonObject> lines, List<Instant> kills) {
        var differences = new HashMap<List<String>, Integer>();
        rows.forEach(row -> differences.merge(members(row, Instant.ofEpochMilli(row.getLong("at"))), 1, Integer::sum));
        lines.forEach(line -> differences.merge(members(line, Instant.parse(line.getString("time"))), -1, Integer::sum));
        counts.put("rows of the ledger", rows.size());
        for (var name : List.of("rows without a line, by a kill", "lines without a row, by a kill", "rows without a line",
                "lines without a row")) {
            counts.put(name, 0);
        }
        differences.forEach((members, difference) -> {
            var name = difference > 0 ? "rows without a line" : "lines without a row";
            if (difference != 0 && isLost(Instant.parse(members.get(0)), kills)) {
                counts.merge(name + ", by a kill", Math.abs(difference), Integer::sum);
            } else if (difference != 0) {
                wrong(name, String.join(" ", members));
            }
        });
    }

    private static boolean isLost(Instant time, List<Instant> kills) {
        return kills.stream().anyMatch(kill -> time.isAfter(kill.minusSeconds(MAX_UNWRITTEN_SECONDS))
                && time.isBefore(kill.plusSeconds(1)));
    }

    private static List<String> members(JsonObject entry, Instant at) {
        var members = new ArrayList<>(List.of(Instant.ofEpochMilli(at.toEpochMilli()).toString()));
        MEMBERS.forEach(name -> members.add(String.valueOf(entry.getValue(name, ""))));
        return members;
    }

    /** The counter has one charge for each question with a charged or unknown row, since each has one key. */
    private void compareSpend(int spent) {
        counts.put("charged or perhaps charged, by the counters of callers", spent);
        if (spent != rowsByFingerprint.size()) {
            wrong("counters that differ", spent + ", but " + rowsByFingerprint.size() + " questions were perhaps charged");
        }
    }

    private static boolean isOwn(JsonObject row, String charge) {
        return row.getString("charge").equals(charge) && !row.getBoolean("shared") && !row.getBoolean("reused");
    }

    private static int count(Collection<JsonObject> all, Predicate<JsonObject> which) {
        return (int) all.stream().filter(which).count();
    }
}
