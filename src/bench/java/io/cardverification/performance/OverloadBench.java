package io.cardverification.performance;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
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
    private static final int OTHER_FILES = 400;
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private int cards;

    private OverloadBench() {
    }

    public static void main(String[] arguments) throws Exception {
        var bench = new OverloadBench();
        bench.sayNo();
        bench.standAHundredThousand();
    }

    private void sayNo() throws Exception {
        try (var gateway = new GatewayProcess("saying-no");
                var callers = new Callers(OPEN_LOOP_CONNECTIONS, gateway.port());
                var operators = new Callers(OPEN_LOOP_CONNECTIONS, gateway.managementPort())) {
            var asked = new OpenLoop(callers, PER_SECOND).run(this::question, WARM_UP, MEASURED);
            var control = new OpenLoop(operators, PER_SECOND).run(health(), Duration.ofSeconds(3), MEASURED.dividedBy(2));
            System.out.printf(Locale.ROOT, "%nOpen-loop, %,d a second for %d s:%n%n", PER_SECOND, MEASURED.toSeconds());
            System.out.println("| Answer | Count | p50 | p99 | p99.9 | max |\n|---|--:|--:|--:|--:|--:|");
            print("refused at once, 503", asked.latencies(Caller.Answer::isRefusedAtOnce));
            print("accepted, 200", asked.latencies(Caller.Answer::isVerification));
            print("accepted, but its 20 s ran out, 503", asked.latencies(Caller.Answer::isWaitedOut));
            print("anything else", asked.latencies(OverloadBench::isElse));
            print("beside it, as a control: `GET /q/health/live`", control.latencies(answer -> answer.status() == 200));
            System.out.printf(Locale.ROOT, "%nAsked %,d, %.0f a second; unanswered %d; resident %d MiB, %d at most.%n", asked.asked(),
                    asked.perSecond(), asked.unanswered(), gateway.resident().now(), gateway.resident().peak());
            printLedger(gateway);
        }
    }

    private static boolean isElse(Caller.Answer answer) {
        return !answer.isVerification() && !answer.isRefusedAtOnce() && !answer.isWaitedOut();
    }

    private static void print(String name, Latencies latencies) {
        if (latencies.count() == 0) {
            System.out.printf(Locale.ROOT, "| %s | 0 | | | | |%n", name);
        } else {
            System.out.printf(Locale.ROOT, "| %s | %,d | %.1f ms | %.1f ms | %.1f ms | %.1f ms |%n", name, latencies.count(),
                    latencies.percentile(50), latencies.percentile(99), latencies.percentile(99.9), latencies.percentile(100));
        }
    }

    private void printLedger(GatewayProcess gateway) throws IOException, InterruptedException {
        var charged = gateway.charged();
        var waiting = gateway.waiting();
        var outOfMemory = gateway.linesWith("OutOfMemoryError");
        System.out.printf(Locale.ROOT, "Since its start: asked %,d, in the ledger %,d; charged by the sandbox %,d, in the ledger %,d;"
                + " still waiting %d; out of memory %d.%n", cards, gateway.linesWith("{\"time\":"), charged,
                gateway.linesWith("\"charge\":\"charged\""), waiting, outOfMemory);
        cards = 0;
    }

    private void standAHundredThousand() throws Exception {
        try (var gateway = new GatewayProcess("thousands")) {
            try (var warm = new Callers(100, gateway.managementPort())) {
                new OpenLoop(warm, 100).run(health(), Duration.ZERO, Duration.ofSeconds(5));
            }
            var before = gateway.resident().now();
            var count = Math.min(CONNECTIONS, openFiles() - OTHER_FILES);
            try (var callers = new Callers(count, gateway.port())) {
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
                        count(answers, Caller.Answer::isRefusedAtOnce), count(answers, Caller.Answer::isVerification),
                        count(answers, Caller.Answer::isWaitedOut), count(answers, OverloadBench::isElse), callers.lost(), seconds);
                System.out.println("\n| Resident memory | MiB |\n|---|--:|");
                System.out.printf(Locale.ROOT, "| after start | %d |%n| with as many idle connections | %d |%n| at most | %d |%n",
                        before, idle, peak);
            }
            Thread.sleep(5_000);
            System.out.printf(Locale.ROOT, "| after all have left | %d |%n%n", gateway.resident().now());
            printLedger(gateway);
        }
    }

    private static long count(List<Caller.Answer> answers, Predicate<Caller.Answer> which) {
        return answers.stream().filter(which).count();
    }

    private List<Caller.Answer> askAll(Callers callers, long start) throws IOException {
        var answers = new ArrayList<Caller.Answer>();
        var left = new int[] { callers.all().size() };
        for (var caller : callers.all()) {
            caller.ask(question(), start);
        }
        while (left[0] > callers.lost() && System.nanoTime() - start < LONGEST.toNanos()) {
            callers.serve((caller, answer) -> {
                answers.add(answer);
                if (caller.asked() < QUESTIONS_EACH) {
                    caller.ask(question(), start);
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

    /** Each about another card, so that nothing is shared. */
    private byte[] question() {
        var body = String.format(Locale.ROOT, "{\"bankCard\":\"62260902%08d\",\"name\":\"Wei\",\"idCard\":\"11204416541220243X\"}",
                cards++);
        return ("POST /v1/verifications HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII);
    }

    private static Supplier<byte[]> health() {
        var request = "GET /q/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        return () -> request;
    }
}
