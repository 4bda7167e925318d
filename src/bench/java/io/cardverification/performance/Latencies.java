package io.cardverification.performance;

import java.util.Locale;
import java.util.stream.DoubleStream;

/** Milliseconds, sorted. */
record Latencies(double[] sorted) {

    static Latencies of(DoubleStream millis) {
        return new Latencies(millis.sorted().toArray());
    }

    int count() {
        return sorted.length;
    }

    double percentile(double percent) {
        return sorted[(int) Math.ceil(sorted.length * percent / 100) - 1];
    }

    /** Of a table: count, p50, p99, p99.9, and the longest. */
    String row(String name) {
        return count() == 0 ? "| %s | 0 | | | | |%n".formatted(name)
                : String.format(Locale.ROOT, "| %s | %,d | %.1f ms | %.1f ms | %.1f ms | %.1f ms |%n", name, count(),
                        percentile(50),
                        percentile(99), percentile(99.9), percentile(100));
    }
}
