package io.cardverification.performance;

import java.time.Duration;
import java.util.Locale;

/**
 * A hundred times what the upstream allows, and then as much as there can be: what refusals take. The gateway has one
 * processor.
 */
final class RejectionBench {

    private static final int PER_SECOND = 2_000;

    /** Those who are accepted keep 400 of them for 20 s. */
    private static final int CONNECTIONS = 1_000;
    private static final Duration FULL = Duration.ofSeconds(21);

    private RejectionBench() {
    }

    /** @return tables */
    static String run() throws Exception {
        try (var cores = new Cores();
                var loop = new Loop();
                var stub = new StubServer(loop);
                var gateway = new GatewayProcess("saying-no", true, stub, cores::pinned)) {
            var text = new StringBuilder();
            double most;
            double cpu;
            try (var callers = new LoadConnections(loop, Round.CONNECTIONS, gateway.port())) {
                var impatient = new Questions("Prefer: wait=0\r\n");
                WarmUp.of("refusals", callers, impatient);
                var before = gateway.process().cpu();
                var count = callers.asked();
                var asked = new ClosedLoop(callers).run(impatient, Duration.ZERO, PerformanceBench.EACH);
                most = asked.of(AnswerKind.REFUSED_AT_ONCE).count() / asked.seconds();
                cpu = gateway.process().cpu().minus(before).toNanos() / 1e3 / (callers.asked() - count);
            }
            var warm = Blocked.lines(gateway.process().log());
            loop.spin(true);
            try (var callers = new LoadConnections(loop, CONNECTIONS, gateway.port())) {
                var asked = new OpenLoop(callers, PER_SECOND).run(new Questions(""), FULL,
                        PerformanceBench.EACH.multipliedBy(4));
                text.append(
                        String.format(Locale.ROOT, "%,d questions a second at a limit of 20, for %.0f s; %s.%n%n", PER_SECOND,
                                asked.seconds(), cores));
                text.append("| Answer | Count | p50 | p99 | p99.9 | max |\n|---|--:|--:|--:|--:|--:|\n");
                text.append(asked.of(AnswerKind.REFUSED_AT_ONCE).row("refused at once, 503"));
                text.append(asked.of(AnswerKind.OK).row("accepted, 200"));
                text.append(asked.of(AnswerKind.WAITED_OUT).row("accepted, but its 20 s ran out, 503"));
                text.append(asked.of(AnswerKind.OTHER).row("anything else"));
                text.append(String.format(Locale.ROOT, "%nUnanswered: %d. ", asked.unanswered()));
            }
            text.append(
                    String.format(Locale.ROOT, "Of %d who would not wait and asked on and on, %,.0f a second were refused, for"
                            + " %.0f µs of processor time each.%n", Round.CONNECTIONS, most, cpu));
            gateway.process().stop();
            return text + GatewayProcess.learnt() + "Vert.x' watch said that an event loop stood still for 100 ms: "
                    + Blocked.in(gateway.process().log(), warm) + ".\n";
        }
    }
}
