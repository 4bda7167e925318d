package io.cardverification.performance;

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
}
