package io.cardverification.performance;

import java.io.IOException;
import java.time.Duration;

/**
 * What one contestant did in one round. Latencies are in microseconds.
 *
 * @param alone p50 of one question at a time
 * @param steady p50 of 1,000 a second, from when each was due
 * @param steadyTail p99 of these
 * @param steadyCpu microseconds of processor time for each of these
 * @param saturated answers a second, of 32 who ask on and on
 * @param saturatedCpu microseconds of processor time for each of these
 * @param core how busy the contestants' processor was meanwhile, in percent
 * @param benchCore how busy the bench's was
 */
record Round(double alone, double steady, double steadyTail, double steadyCpu, double saturated, double saturatedCpu,
        double core,
        double benchCore) {

    private static final int PER_SECOND = 1_000;
    static final int CONNECTIONS = 32;
    private static final Duration SETTLE = Duration.ofMillis(500);

    static Round of(Candidate contestant, Loop loop, Questions questions, Cores cores, Duration each) throws IOException {
        loop.spin(true);
        double alone;
        try (var callers = new LoadConnections(loop, 1, contestant.port())) {
            alone = micros(new ClosedLoop(callers).run(questions, SETTLE, each).allOk(), 50);
        }
        Latencies steady;
        double steadyCpu;
        try (var callers = new LoadConnections(loop, CONNECTIONS, contestant.port())) {
            var cpu = contestant.cpu();
            steady = new OpenLoop(callers, PER_SECOND).run(questions, SETTLE, each).allOk();
            steadyCpu = micros(contestant.cpu().minus(cpu)) / callers.asked();
        }
        loop.spin(false);
        try (var callers = new LoadConnections(loop, CONNECTIONS, contestant.port())) {
            var cpu = contestant.cpu();
            var core = cores.contestants();
            var benchCore = cores.bench();
            var asked = new ClosedLoop(callers).run(questions, SETTLE, each);
            asked.allOk();
            return new Round(alone, micros(steady, 50), micros(steady, 99), steadyCpu, asked.perSecond(),
                    micros(contestant.cpu().minus(cpu)) / callers.asked(), cores.contestants().percentSince(core),
                    cores.bench().percentSince(benchCore));
        }
    }

    private static double micros(Latencies latencies, int percent) {
        return latencies.percentile(percent) * 1e3;
    }

    private static double micros(Duration duration) {
        return duration.toNanos() / 1e3;
    }
}
