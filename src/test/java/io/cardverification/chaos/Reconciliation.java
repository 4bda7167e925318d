package io.cardverification.chaos;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.cardverification.chaos.ObservedResponse.How;
import io.vertx.core.json.JsonObject;

/** Compares the sandbox's ledger, the gateway's entries, and the answers of callers, question by question. */
final class Reconciliation {

    private final QuestionFingerprints fingerprints = new QuestionFingerprints();
    private final Map<String, List<JsonObject>> linesByFingerprint;
    private final Map<String, List<JsonObject>> rowsByQuestion;
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private final List<String> wrongs = new ArrayList<>();
    private final List<Kill> kills;
    private int uncounted;

    private Reconciliation(List<JsonObject> lines, List<JsonObject> rows, List<Kill> kills) {
        this.kills = kills;
        this.linesByFingerprint = lines.stream().collect(Collectors.groupingBy(line -> line.getString("fingerprint")));
        this.rowsByQuestion = rows.stream().filter(row -> row.containsKey("fingerprint"))
                .collect(Collectors.groupingBy(row -> row.getString("fingerprint")));
    }

    static Figures of(List<ObservedResponse> told, List<JsonObject> lines, List<JsonObject> rows, List<Kill> kills) {
        var books = new Reconciliation(lines, rows, kills);
        for (var name : List.of("asked", "answered", "dropped by the caller", "broken by a kill",
                "not accepted while restarting", "charged", "told charged", "told unknown",
                "told by the ledger alone: charged", "told by the ledger alone: unknown", "interrupted by a kill",
                "charged twice for one question", "charged twice for one key", "charged without an entry",
                "charged twice without being told", "answered wrongly", "lost", "unanswered")) {
            books.counts.put(name, 0);
        }
        told.stream().collect(Collectors.groupingBy(ObservedResponse::question)).forEach(books::compare);
        books.counts.put("unknown, and not in the sandbox's ledger", books.uncounted);
        books.counts.put("reset by the sandbox before the body was read",
                count(rows, row -> !row.containsKey("fingerprint") && row.getString("fault", "").equals("reset-before-body")));
        return new Figures(books.counts, books.wrongs);
    }

    private void add(String name, int count) {
        counts.merge(name, count, Integer::sum);
    }

    private void wrong(String count, Question question, String what) {
        add(count, 1);
        wrongs.add("question " + question.number() + ": " + what);
    }

    private void compare(Question question, List<ObservedResponse> told) {
        var lines = linesByFingerprint.getOrDefault(fingerprints.inGateway(question), List.of());
        var rows = rowsByQuestion.getOrDefault(QuestionFingerprints.inSandbox(question), List.of());
        add("asked", told.size());
        add("answered", count(told, each -> each.how() == How.ANSWERED));
        add("dropped by the caller", count(told, each -> each.how() == How.DROPPED));
        add("charged", count(rows, Reconciliation::isCharged));
        add("told charged", count(told, each -> each.isOwn("true")));
        add("told unknown", count(told, each -> each.isOwn("unknown")));
        add("told by the ledger alone: charged",
                count(lines, line -> line.getBoolean("callerDisconnected") && isOwn(line, "charged")));
        add("told by the ledger alone: unknown",
                count(lines, line -> line.getBoolean("callerDisconnected") && isOwn(line, "unknown")));
        add("interrupted by a kill", count(lines, line -> line.getString("error", "").equals("interrupted")
                && isOwn(line, "unknown")));
        compareCharges(question, told.size(), lines, rows);
        compareUnknown(question, lines, rows);
        compareAnswers(question, told, rows);
        compareTold(question, told, lines);
    }

    /** Every charge is in the ledger, as a charge with its request id or as one that may have been. */
    private void compareCharges(Question question, int asked, List<JsonObject> lines, List<JsonObject> rows) {
        var charged = rows.stream().filter(Reconciliation::isCharged).map(row -> row.getString("requestId")).toList();
        var known = lines.stream().filter(line -> isOwn(line, "charged")).map(line -> line.getString("requestId")).toList();
        if (!charged.containsAll(known) || known.stream().distinct().count() < known.size()) {
            wrong("answered wrongly", question, "the ledger has charges " + known + ", the sandbox " + charged);
        }
        var unknown = count(lines, line -> isOwn(line, "unknown"));
        if (charged.size() > known.size() + unknown) {
            wrong("charged without an entry", question, "charged %d times; the ledger says %d charged, %d unknown"
                    .formatted(charged.size(), known.size(), unknown));
        }
        if (charged.size() > asked) {
            wrong("charged twice without being told", question,
                    "asked %d times and charged %d".formatted(asked, charged.size()));
        }
        add("charged twice for one question", charged.size() > 1 ? 1 : 0);
        if (question.isKeyed() && charged.size() > 1) {
            wrong("charged twice for one key", question, "charged again for the same key");
        }
    }

    /** Unknown is what was received and not answered, or could have been received. */
    private void compareUnknown(Question question, List<JsonObject> lines, List<JsonObject> rows) {
        var answered = lines.stream().map(line -> line.getString("requestId", "")).toList();
        var unanswered = count(rows, row -> !answered.contains(row.getString("requestId")) && !isFree(row));
        for (var line : lines) {
            if (!isOwn(line, "unknown") || unanswered-- > 0) {
                continue;
            }
            uncounted++;
        }
        if (unanswered > 0) {
            wrong("lost", question, unanswered + " requests were received and not answered, and nobody was told");
        }
    }

    /** An error envelope that arrived is an attempt before the one that the line is about. */
    private static boolean isFree(JsonObject row) {
        var fault = row.getString("fault", "");
        var isReadable = fault.isEmpty() || fault.startsWith("error ") || fault.equals("slow-bytes"); // slow, but whole
        return isReadable && !isCharged(row);
    }

    /** What a caller was told is what the sandbox answered to this very question. */
    private void compareAnswers(Question question, List<ObservedResponse> told, List<JsonObject> rows) {
        var answers = rows.stream()
                .collect(Collectors.toMap(row -> row.getString("requestId"), row -> row.getString("code")));
        for (var each : told) {
            each.requestId().ifPresent(id -> {
                // A signature that had expired is refused before it is counted, and so is in no ledger.
                var isUncounted = each.answer().filter("AuthFailure.SignatureExpire"::equals).isPresent();
                if (!isUncounted && !each.answer().orElse("").equals(answers.get(id))) {
                    wrong("answered wrongly", question, "told %s, which the sandbox answered by %s"
                            .formatted(each.answer().orElse(""), answers.get(id)));
                }
            });
        }
    }

    /** Every answer has its entry, and every entry of an answer was delivered. A kill may lose the entry of an answer. */
    private void compareTold(Question question, List<ObservedResponse> told, List<JsonObject> lines) {
        var cut = count(told, this::mayBeCut);
        for (var charge : List.of("true", "false", "unknown")) {
            var heard = told.stream().filter(each -> each.how() == How.ANSWERED && each.charged().equals(charge)).toList();
            var written = count(lines,
                    line -> !line.getBoolean("callerDisconnected") && charge.equals(asTold(line.getString("charge"))));
            var raced = count(told, each -> each.how() == How.DROPPED); // answered at the moment of the drop
            if (heard.size() - count(heard, this::mayBeCut) > written || written > heard.size() + raced + cut) {
                wrong("lost", question, "%d heard that it is charged: %s, but the ledger has told %d"
                        .formatted(heard.size(), charge, written));
            }
        }
        if (count(told, each -> each.how() == How.UNANSWERED) > 0) {
            wrong("unanswered", question, "no answer within a minute");
        }
        var left = count(lines, line -> line.getBoolean("callerDisconnected"));
        var gone = count(told, each -> each.how() != How.ANSWERED);
        if (left > gone) {
            wrong("lost", question, left + " left by the ledger, but only " + gone + " did");
        }
        compareBroken(question, told, lines.size(), cut);
    }

    private void compareBroken(Question question, List<ObservedResponse> told, int lines, int cut) {
        var brokenByKill = count(told, each -> each.how() == How.BROKEN && mayBeCut(each));
        var broken = count(told, each -> each.how() == How.BROKEN) - brokenByKill;
        add("broken by a kill", brokenByKill);
        add("not accepted while restarting", broken);
        if (broken > 0 && cut == 0 && lines > told.size() - broken) {
            wrong("lost", question, broken + " connections were broken by the gateway, which had accepted them");
        }
    }

    private boolean mayBeCut(ObservedResponse response) {
        return kills.stream().anyMatch(kill -> kill.mayHaveCut(response));
    }

    private static String asTold(String charge) {
        return switch (charge) {
            case "charged" -> "true";
            case "unknown" -> "unknown";
            default -> "false";
        };
    }

    private static boolean isOwn(JsonObject line, String charge) {
        return line.getString("charge").equals(charge) && !line.getBoolean("shared") && !line.getBoolean("reused");
    }

    private static boolean isCharged(JsonObject row) {
        return row.getBoolean("charged");
    }

    private static <T> int count(Collection<T> all, Predicate<T> which) {
        return (int) all.stream().filter(which).count();
    }
}
