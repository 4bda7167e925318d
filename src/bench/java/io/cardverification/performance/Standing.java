package io.cardverification.performance;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** A contestant's rounds beside those, at the same times, of nobody between: medians over rounds, which neighbours disturb least. */
record Standing(Contestant contestant, List<Round> rounds, List<Round> direct) {

    double median(ToDoubleFunction<Round> figure) {
        return median(IntStream.range(0, rounds.size()).mapToDouble(i -> figure.applyAsDouble(rounds.get(i))).toArray());
    }

    /** More than without anybody between. */
    double added(ToDoubleFunction<Round> figure) {
        return median(IntStream.range(0, rounds.size())
                .mapToDouble(i -> figure.applyAsDouble(rounds.get(i)) - figure.applyAsDouble(direct.get(i))).toArray());
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
    }
}
