package io.cardverification.performance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What memory those take who wait for their turn over HTTP, each over a connection of its own. */
final class Waiting {

    private static final int SOME = 1_000;
    private static final int MANY = 10_000;
    private static final Duration LONGEST = Duration.ofMinutes(2);

    /** Twenty a minute, so that all but a few wait. */
    private static final String[] SLOW = { "-Dgateway.pacing.window=60s", "-Dgateway.pacing.max-wait=10h",
            "-Dquarkus.http.idle-timeout=24h" };

    private static final byte[] MISTAKE = ("POST /v1/verifications HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}").getBytes(StandardCharsets.US_ASCII);

    private final Loop loop;
    private final GatewayProcess gateway;
    private final Questions questions = new Questions("");
    private int answered;

    private Waiting(Loop loop, GatewayProcess gateway) {
        this.loop = loop;
        this.gateway = gateway;
    }

    /** @return tables */
    static String run() throws Exception {
        try (var loop = new Loop();
                var stub = new StubServer(loop);
                var gateway = new GatewayProcess("waiting", true, stub, UnaryOperator.identity(), SLOW)) {
            var tables = new Waiting(loop, gateway).measure();
            gateway.process().stop();
            return tables + "\n" + GatewayProcess.learnt()
                    + "Vert.x' watch said that an event loop stood still for 100 ms, from the"
                    + " start on: " + Blocked.in(gateway.process().log(), 0)
                    + ". It knows no collection of garbage from a loop that is"
                    + " blocked; each of these figures asks for one.\n";
        }
    }

    private String measure() throws Exception {
        try (var callers = new LoadConnections(loop, Round.CONNECTIONS, gateway.port())) {
            WarmUp.of("refusals", callers, new Questions("Prefer: wait=0\r\n"));
            WarmUp.of("mistakes", callers, () -> MISTAKE);
        }
        var nobody = Memory.of(gateway.process());
        try (var some = new LoadConnections(loop, SOME, gateway.port())) {
            askAndWait(some, SOME);
            var someWait = Memory.of(gateway.process());
            try (var others = new LoadConnections(loop, MANY - SOME, gateway.port())) {
                askByMistake(others);
                var othersIdle = Memory.of(gateway.process());
                askAndWait(others, MANY);
                var allWait = Memory.of(gateway.process());
                return "| Waiting | Resident | after a collection | Live heap |\n|---|--:|--:|--:|\n" + nobody.row("nobody")
                        + someWait.row("1,000") + othersIdle.row("1,000, beside 9,000 idle connections") + allWait.row("10,000")
                        + "\n| Of these | Resident | after a collection | Live heap |\n|---|--:|--:|--:|\n"
                        + allWait.each("each that waits, connection included (bound: 6,144)", nobody, MANY)
                        + othersIdle.each("an idle connection", someWait, MANY - SOME);
            }
        }
    }

    /** Who is told of a mistake has a connection that the gateway has used, and nothing else. */
    private void askByMistake(LoadConnections callers) throws IOException {
        var left = new int[] { callers.all().size() };
        ask(callers, () -> MISTAKE);
        var start = System.nanoTime();
        while (left[0] > 0) {
            callers.serve(caller -> left[0]--);
            giveUpLate(start, left[0]);
        }
    }

    /** Twenty a minute are answered meanwhile, and no longer wait: they count as if they did. */
    private void askAndWait(LoadConnections callers, int waiting) throws IOException, InterruptedException {
        ask(callers, questions);
        var start = System.nanoTime();
        while (gateway.waiting() + answered < waiting) {
            callers.serve(caller -> answered++);
            giveUpLate(start, waiting);
        }
    }

    private static void ask(LoadConnections callers, Supplier<byte[]> requests) throws IOException {
        for (var caller : callers.all()) {
            caller.ask(requests.get(), System.nanoTime());
        }
    }

    private static void giveUpLate(long start, int left) {
        if (System.nanoTime() - start > LONGEST.toNanos()) {
            throw new IllegalStateException("of those who asked %,d are still neither answered nor waiting".formatted(left));
        }
    }
}
