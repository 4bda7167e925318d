package io.cardverification.performance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What stands between costs: this gateway, its limit lifted, beside proxies that do nothing but pass on, all alive at once, and
 * asked in turns the same, each with one processor. Whatever is no 200 ends it.
 */
final class PassThrough {

    private static final int ROUNDS = 5;

    private final Questions questions = new Questions("");

    private PassThrough() {
    }

    /** @return tables, and charts beside them */
    static String run() throws Exception {
        return new PassThrough().measure();
    }

    private String measure() throws Exception {
        try (var cores = new Cores(); var loop = new Loop(); var stub = new StubServer(loop)) {
            var contestants = Candidate.all(stub, cores);
            try {
                for (var contestant : contestants) {
                    try (var callers = new LoadConnections(loop, Round.CONNECTIONS, contestant.port())) {
                        WarmUp.of(contestant.name(), callers, questions);
                    }
                }
                var gateway = contestants.get(contestants.size() - 1).process();
                var from = Blocked.lines(gateway.log());
                var rounds = rounds(contestants, loop, cores);
                gateway.stop();
                return table(rounds, cores) + "\nVert.x' watch said that an event loop of the gateway stood still for 100 ms: "
                        + Blocked.in(gateway.log(), from) + " in these rounds, " + Blocked.in(gateway.log(), 0)
                        + " with its start and warm-up.\n";
            } finally {
                contestants.forEach(Candidate::close);
            }
        }
    }

    /** Every second time in reverse, so that nobody always follows the same. */
    private Map<Candidate, List<Round>> rounds(List<Candidate> contestants, Loop loop, Cores cores) throws IOException {
        var rounds = new LinkedHashMap<Candidate, List<Round>>();
        contestants.forEach(contestant -> rounds.put(contestant, new ArrayList<>()));
        var order = new ArrayList<>(contestants);
        for (var round = 0; round < ROUNDS; round++) {
            for (var contestant : order) {
                var measured = Round.of(contestant, loop, questions, cores, PerformanceBench.EACH);
                System.out.println(contestant.name() + ": " + measured);
                rounds.get(contestant).add(measured);
            }
            Collections.reverse(order);
        }
        return rounds;
    }

    private static String table(Map<Candidate, List<Round>> rounds, Cores cores) throws IOException {
        var direct = rounds.values().iterator().next();
        var standings = rounds.entrySet().stream().map(entry -> new Comparison(entry.getKey(), entry.getValue(), direct))
                .toList();
        var text = new StringBuilder(
                "Medians of %d rounds, %d s each; %s.\n\n".formatted(ROUNDS, PerformanceBench.EACH.toSeconds(), cores));
        text.append("| Between | p50, one at a time | added | p50 added at 1,000/s | p99 added | Most a second |"
                + " CPU for each | CPU at 1,000/s | Its processor | The bench's |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
        standings.forEach(each -> text.append(row(each)));
        Charts.write(standings.stream().filter(each -> each.contestant().process() != null).toList());
        return text + ratios(standings);
    }

    private static String row(Comparison standing) {
        var alone = String.format(Locale.ROOT, "| %s | %.0f µs ", standing.contestant().name(), standing.median(Round::alone));
        var saturated = String.format(Locale.ROOT, "| %,.0f ", standing.median(Round::saturated));
        var busy = String.format(Locale.ROOT, "| %.0f %% | %.0f %% |%n", standing.median(Round::core),
                standing.median(Round::benchCore));
        if (standing.contestant().process() == null) {
            return alone + "| | | " + saturated + "| | " + busy;
        }
        return alone + String.format(Locale.ROOT, "| %.0f µs | %.0f µs | %.0f µs ", standing.added(Round::alone),
                standing.added(Round::steady), standing.added(Round::steadyTail)) + saturated
                + String.format(Locale.ROOT, "| %.0f µs | %.0f µs ", standing.median(Round::saturatedCpu),
                        standing.median(Round::steadyCpu))
                + busy;
    }

    private static String ratios(List<Comparison> standings) {
        var proxy = named(Candidate.PROXY, standings);
        var gateway = named(Candidate.GATEWAY, standings);
        return "\n| This gateway's, of the Vert.x http-proxy's in the same round | Median | Bound |\n|---|--:|---|\n"
                + ratio("added p50, one at a time", gateway.addedRatio(Round::alone, proxy), "at most 1.5")
                + ratio("most a second", gateway.ratio(Round::saturated, proxy), "at least 0.7")
                + ratio("CPU for each", gateway.ratio(Round::saturatedCpu, proxy), "at most 1.6")
                + ratiosToBare(gateway, named(Candidate.BARE, standings));
    }

    private static String ratiosToBare(Comparison gateway, Comparison bare) {
        return "\n| This gateway's, of the bare application's in the same round | Median | Bound |\n|---|--:|---|\n"
                + ratio("most a second", gateway.ratio(Round::saturated, bare), "at least 0.80")
                + ratio("CPU for each", gateway.ratio(Round::saturatedCpu, bare), "at most 1.30")
                + ratio("p50, one at a time", gateway.ratio(Round::alone, bare), "at most 1.30")
                + ratio("p99 at 1,000/s", gateway.ratio(Round::steadyTail, bare), "at most 1.5");
    }

    private static Comparison named(String name, List<Comparison> standings) {
        return standings.stream().filter(each -> each.contestant().name().equals(name)).findFirst().orElseThrow();
    }

    private static String ratio(String what, double ratio, String bound) {
        return String.format(Locale.ROOT, "| %s | %.2f | %s |%n", what, ratio, bound);
    }
}
