package io.cardverification.performance;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

import com.sun.management.UnixOperatingSystemMXBean;

/** Throws more at the packaged gateway than it can ever let through, over loopback, and prints what becomes of it. */
public final class OverloadBench {

    /** A hundred times what the upstream allows. */
    private static final int PER_SECOND = 2_000;
    /** On two processors that also have to ask, the compiler is busy for half of it. */
    private static final Duration WARM_UP = Duration.ofSeconds(45);
    private static final Duration MEASURED = Duration.ofSeconds(30);

    /** Those who are accepted keep 400 of them. */
    private static final int OPEN_LOOP_CONNECTIONS = 1_000;

    private static final int CONNECTIONS = 20_000;
    private static final int QUESTIONS_EACH = 5;

    /** What either process opens besides connections: archives, its own way to the sandbox. */
    private static final int OTHER_FILES = 500;
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private final Questions questions = new Questions("");
    private int told;

    private OverloadBench() {
    }

    public static void main(String[] arguments) throws Exception {
        var bench = new OverloadBench();
        bench.sayNo();
        bench.standAHundredThousand();
    }

    private void sayNo() throws Exception {
        try (var loop = new Loop();
                var gateway = new GatewayProcess("saying-no");
                var callers = new LoadConnections(loop, OPEN_LOOP_CONNECTIONS, gateway.port())) {
            var asked = new OpenLoop(callers, PER_SECOND).run(questions, WARM_UP, MEASURED);
            var control = control(loop, gateway);
            System.out.printf(Locale.ROOT, "%nOpen-loop, %,d a second for %d s:%n%n", PER_SECOND, MEASURED.toSeconds());
            System.out.println("| Answer | Count | p50 | p99 | p99.9 | max |\n|---|--:|--:|--:|--:|--:|");
            System.out.print(asked.of(AnswerKind.REFUSED_AT_ONCE).row("refused at once, 503"));
            System.out.print(asked.of(AnswerKind.OK).row("accepted, 200"));
            System.out.print(asked.of(AnswerKind.WAITED_OUT).row("accepted, but its 20 s ran out, 503"));
            System.out.print(asked.of(AnswerKind.OTHER).row("anything else"));
            System.out.print(control.of(AnswerKind.OK).row("beside it, as a control: `GET /q/health/live`"));
            System.out.printf(Locale.ROOT, "%nAsked %,d, %.0f a second; unanswered %d; resident %d MiB, %d at most.%n",
                    asked.asked(),
                    asked.perSecond(), asked.unanswered(), gateway.resident().now(), gateway.resident().peak());
            printLedger(gateway);
        }
    }

    /** Over connections of its own, opened now: the management port closes what is idle for a minute. */
    private static LoadResult control(Loop loop, GatewayProcess gateway) throws IOException {
        try (var operators = new LoadConnections(loop, OPEN_LOOP_CONNECTIONS, gateway.managementPort())) {
            return new OpenLoop(operators, PER_SECOND).run(health(), Duration.ofSeconds(3), MEASURED.dividedBy(2));
        }
    }

    private void printLedger(GatewayProcess gateway) throws IOException, InterruptedException {
        var charged = gateway.charged();
        var waiting = gateway.waiting();
        var outOfMemory = gateway.linesWith("OutOfMemoryError");
        System.out.printf(Locale.ROOT,
                "Since its start: asked %,d, in the ledger %,d; charged by the sandbox %,d, in the ledger %,d;"
                        + " still waiting %d; out of memory %d.%n",
                questions.count() - told, gateway.linesWith("{\"time\":"), charged,
                gateway.linesWith("\"charge\":\"charged\""), waiting, outOfMemory);
        told = questions.count();
    }

    private void standAHundredThousand() throws Exception {
        try (var loop = new Loop(); var gateway = new GatewayProcess("thousands")) {
            try (var warm = new LoadConnections(loop, 100, gateway.managementPort())) {
                new OpenLoop(warm, 100).run(health(), Duration.ZERO, Duration.ofSeconds(5));
            }
            var before = gateway.resident().now();
            var count = Math.min(CONNECTIONS, openFiles() - OTHER_FILES);
            try (var callers = new LoadConnections(loop, count, gateway.port())) {
                Thread.sleep(2_000);
                var idle = gateway.resident().now();
                var start = System.nanoTime();
                var answers = askAll(callers, start);
                var seconds = (System.nanoTime() - start) / 1e9;
                var peak = gateway.resident().peak();
                System.out.printf(Locale.ROOT, "%n%,d connections, %d questions over each, all at once:%n%n", count,
                        QUESTIONS_EACH);
                System.out.println("| Asked | Refused at once, 503 | Accepted, 200 | Accepted, but its 20 s ran out, 503"
                        + " | Anything else | Connections lost | All answered after |\n|--:|--:|--:|--:|--:|--:|--:|");
                System.out.printf(Locale.ROOT, "| %,d | %,d | %,d | %,d | %,d | %d | %.1f s |%n", count * QUESTIONS_EACH,
                        answers.get(AnswerKind.REFUSED_AT_ONCE), answers.get(AnswerKind.OK),
                        answers.get(AnswerKind.WAITED_OUT), answers.get(AnswerKind.OTHER), callers.lost(), seconds);
                System.out.println("\n| Resident memory | MiB |\n|---|--:|");
                System.out.printf(Locale.ROOT,
                        "| after start | %d |%n| with as many idle connections | %d |%n| at most | %d |%n",
                        before, idle, peak);
            }
            Thread.sleep(5_000);
            System.out.printf(Locale.ROOT, "| after all have left | %d |%n%n", gateway.resident().now());
            printLedger(gateway);
        }
    }

    private Map<AnswerKind, Integer> askAll(LoadConnections callers, long start) throws IOException {
        var answers = new EnumMap<AnswerKind, Integer>(AnswerKind.class);
        for (var answer : AnswerKind.values()) {
            answers.put(answer, 0);
        }
        var left = new int[] { callers.all().size() };
        for (var caller : callers.all()) {
            caller.ask(questions.get(), start);
        }
        while (left[0] > callers.lost() && System.nanoTime() - start < LONGEST.toNanos()) {
            callers.serve(caller -> {
                answers.merge(AnswerKind.of(caller), 1, Integer::sum);
                if (caller.asked() < QUESTIONS_EACH) {
                    caller.ask(questions.get(), start);
                } else {
                    left[0]--;
                }
            });
        }
        return answers;
    }

    /** The JVM raises its own limit as far as it may, and so does the gateway's. */
    private static int openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? (int) Math.min(Integer.MAX_VALUE, unix.getMaxFileDescriptorCount())
                : Integer.MAX_VALUE;
    }

    private static Supplier<byte[]> health() {
        var request = "GET /q/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        return () -> request;
    }
}
