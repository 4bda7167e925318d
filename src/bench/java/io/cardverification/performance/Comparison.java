package io.cardverification.performance;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A contestant's rounds beside those, at the same times, of nobody between: medians over rounds, which neighbours disturb
 * least.
 */
record Comparison(Candidate contestant, List<Round> rounds, List<Round> direct) {

    double median(ToDoubleFunction<Round> figure) {
        return overRounds(round -> figure.applyAsDouble(rounds.get(round)));
    }

    /** More than without anybody between. */
    double added(ToDoubleFunction<Round> figure) {
        return overRounds(round -> added(figure, round));
    }

    /**
     * This one's of another's, each of the same round: a neighbour who takes half of the machine for minutes takes it from
     * both.
     */
    double ratio(ToDoubleFunction<Round> figure, Comparison other) {
        return overRounds(round -> figure.applyAsDouble(rounds.get(round)) / figure.applyAsDouble(other.rounds.get(round)));
    }

    double addedRatio(ToDoubleFunction<Round> figure, Comparison other) {
        return overRounds(round -> added(figure, round) / other.added(figure, round));
    }

    private double added(ToDoubleFunction<Round> figure, int round) {
        return figure.applyAsDouble(rounds.get(round)) - figure.applyAsDouble(direct.get(round));
    }

    private double overRounds(IntToDoubleFunction ofRound) {
        var values = IntStream.range(0, rounds.size()).mapToDouble(ofRound).sorted().toArray();
        return (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
    }
}
