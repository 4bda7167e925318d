package io.cardverification.chaos;

import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What three saturated replicas reach, and their large storm: {@code -Dchaos.seed} and {@code -Dchaos.events} set its course
 * and
 * size.
 */
final class ReplicaStormBench {

    private static final int LIMIT = 20;
    private static final int CALLERS = 60;
    private static final int PATIENCE_MILLIS = 10_000;
    private static final double ENOUGH = 0.97 * LIMIT;
    private static final int STEADY_SECONDS = 60;
    private static final int SECONDS_AFTER_A_KILL = 15;
    private static final int WARM_UP = 400;
    private static final List<String> FAULTS = List.of("3% reset-after-body", "2% http-502", "1% never-answer",
            "2% error InternalError");

    private final Clock clock = Clock.systemUTC();
    private final ReplicaFleet fleet;
    private final ReplicaCallers callers;
    private final Random random;
    private final StringBuilder table = new StringBuilder("| Measure | Goal | Measured |\n|---|--:|--:|\n");

    private ReplicaStormBench(ReplicaFleet fleet, long seed) {
        this.fleet = fleet;
        this.callers = new ReplicaCallers(fleet, CALLERS, PATIENCE_MILLIS);
        this.random = new Random(seed);
    }

    public static void main(String[] arguments) throws Exception {
        var folder = Files.createTempDirectory("replicas");
        System.out.println("Logs and ledgers: " + folder);
        var seed = Long.getLong("chaos.seed", 1);
        try (var fleet = new ReplicaFleet(folder, seed)) {
            var wrongs = new ReplicaStormBench(fleet, seed).run(Integer.getInteger("chaos.events", 40));
            wrongs.forEach(System.out::println);
            if (!wrongs.isEmpty()) {
                throw new IllegalStateException(wrongs.size() + " rows do not fit");
            }
        }
        System.exit(0);
    }

    private List<String> run(int events) throws Exception {
        callers.begin();
        callers.awaitAnswers(WARM_UP);
        measureSteady();
        for (var victim = 0; victim < ReplicaFleet.REPLICAS; victim++) {
            measureKill(victim);
        }
        measureRollingRestart();
        row("most in any sliding second until here", "at most 20", new Arrivals(fleet.requests()).mostInAnySecond());
        System.out.println(table);
        var kinds = storm(events);
        callers.end();
        fleet.stop();
        var figures = ReplicaReconciliation.of(fleet, callers.answers());
        System.out.println("| What | How many |\n|---|--:|");
        kinds.forEach((kind, count) -> System.out.println("| " + kind + " | " + count + " |"));
        System.out.println("| asked | " + callers.asked() + " |\n| answered | " + callers.answers().size() + " |");
        figures.counts().forEach((name, count) -> System.out.println("| " + name + " | " + count + " |"));
        return figures.wrongs();
    }

    private void row(String measure, String goal, Object measured) {
        table.append("| ").append(measure).append(" | ").append(goal).append(" | ").append(measured).append(" |\n");
    }

    private void measureSteady() throws Exception {
        var from = clock.instant();
        var beats = new ArrayList<Long>();
        var before = fleet.beats();
        for (var second = 1; second <= STEADY_SECONDS; second++) {
            await(from.plusSeconds(second));
            var after = fleet.beats();
            beats.add(applied(before, after));
            before = after;
        }
        var sent = new Arrivals(fleet.requests()).between(from, from.plusSeconds(STEADY_SECONDS));
        row("share of 20/s, three saturated replicas, 60 s", "at least 97 %",
                "%.1f %%".formatted(100.0 * sent / STEADY_SECONDS / LIMIT));
        row("beats a second of all three, mean", "at most 20",
                "%.1f".formatted(beats.stream().mapToLong(Long::longValue).average().orElseThrow()));
        row("beats a second of all three, most", "at most 20", beats.stream().mapToLong(Long::longValue).max().orElseThrow());
    }

    private static long applied(Map<Long, Long> before, Map<Long, Long> after) {
        return after.entrySet().stream().mapToLong(row -> row.getValue() - before.getOrDefault(row.getKey(), 0L)).sum();
    }

    private void measureKill(int victim) throws Exception {
        var killed = clock.instant();
        fleet.kill(victim);
        await(killed.plusSeconds(SECONDS_AFTER_A_KILL));
        var arrivals = new Arrivals(fleet.requests());
        row("after kill -9 of one of three: until the next 3 s with 97 %", "at most 5 s", "%.2f s".formatted(
                arrivals.millisUntil(ENOUGH, killed, killed.plusSeconds(SECONDS_AFTER_A_KILL)) / 1e3));
        row("sent in each second after that kill", "", perSecond(arrivals, killed, SECONDS_AFTER_A_KILL));
        fleet.start(victim);
        callers.awaitAnswers(WARM_UP);
    }

    private static String perSecond(Arrivals arrivals, Instant from, int seconds) {
        var counts = new ArrayList<String>();
        for (var second = 0; second < seconds; second++) {
            counts.add(String.valueOf(arrivals.between(from.plusSeconds(second), from.plusSeconds(second + 1L))));
        }
        return String.join(" ", counts);
    }

    private void measureRollingRestart() throws Exception {
        var broken = callers.broken();
        var from = clock.instant();
        for (var replica = 0; replica < ReplicaFleet.REPLICAS; replica++) {
            fleet.restart(replica);
        }
        var to = clock.instant();
        var asked = callers.asked();
        callers.awaitAnswers(2 * CALLERS);
        var arrivals = new Arrivals(fleet.requests());
        row("rolling restart: least sent in any second", "at least 15", arrivals.leastInASecond(from, to));
        row("rolling restart: sent in each second", "",
                perSecond(arrivals, from, (int) TimeUnit.MILLISECONDS.toSeconds(to.toEpochMilli() - from.toEpochMilli())));
        var unanswered = 0;
        for (var number = 0; number < asked; number++) {
            unanswered += callers.answers().containsKey(number) ? 0 : 1;
        }
        row("rolling restart: requests lost", "0", unanswered + callers.broken() - broken);
        callers.awaitAnswers(WARM_UP);
    }

    private Map<String, Integer> storm(int events) throws Exception {
        fleet.injectFaults(FAULTS);
        var kinds = new TreeMap<String, Integer>();
        for (var event = 0; event < events; event++) {
            kinds.merge(event(random.nextInt(ReplicaFleet.REPLICAS)), 1, Integer::sum);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(4_000)));
        }
        fleet.injectFaults(List.of());
        return kinds;
    }

    private String event(int replica) throws Exception {
        switch (random.nextInt(7)) {
            case 0 -> {
                fleet.kill(replica);
                LockSupport.parkNanos(pauseNanos());
                fleet.start(replica);
                return "kill -9 of a gateway";
            }
            case 1 -> {
                fleet.pauseUntilRetired(replica);
                return "SIGSTOP of a gateway until its permits are taken";
            }
            case 2 -> {
                fleet.pause(replica, pauseNanos());
                return "SIGSTOP of a gateway, 0.1 to 4 s";
            }
            case 3 -> {
                fleet.pauseDatabaseUntilNoLease();
                return "SIGSTOP of PostgreSQL until no lease is left";
            }
            case 4 -> {
                fleet.pauseDatabase(pauseNanos());
                fleet.awaitLeases();
                return "SIGSTOP of PostgreSQL, 0.1 to 4 s";
            }
            case 5 -> {
                fleet.killDatabase();
                return "kill -9 of PostgreSQL";
            }
            default -> {
                fleet.restart(replica);
                return "restart of a gateway";
            }
        }
    }

    private long pauseNanos() {
        return TimeUnit.MILLISECONDS.toNanos(100 + random.nextInt(3_900));
    }

    private void await(Instant time) {
        for (var left = left(time); left > 0; left = left(time)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(left));
        }
    }

    private long left(Instant time) {
        return time.toEpochMilli() - clock.millis();
    }
}
