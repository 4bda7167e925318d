package io.cardverification.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

import io.smallrye.mutiny.Uni;

/** What a lane predicts, and what comes of it. */
class LineTest {

    private final VirtualTime time = new VirtualTime(0);
    private final Pacer pacer = new Pacer(Settings.WARM, time, time, new Entries());
    private final Line line = new Line();

    private Turn<?> turn(Place place) {
        var turn = pacer.turn(permit -> Uni.createFrom().nullItem());
        turn.waitAt(place, 0);
        return turn;
    }

    /** A caller's weight is the same all the time, as where nobody changes the configuration. */
    private static Place place(Random random, int[] weights) {
        var caller = random.nextInt(weights.length);
        return new Place(Lane.INTERACTIVE, "caller " + caller, weights[caller], Duration.ZERO);
    }

    private int leftBefore(Turn<?> turn) {
        for (var left = 0;; left++) {
            if (line.next() == turn) {
                return left;
            }
        }
    }

    @RepeatedTest(500)
    void nobody_leaves_later_than_predicted_while_nobody_else_comes(RepetitionInfo seed) {
        var random = new Random(seed.getCurrentRepetition());
        var weights = random.ints(4, 1, 11).toArray();
        for (var i = random.nextInt(60); i > 0; i--) {
            line.add(turn(place(random, weights)));
            if (random.nextInt(3) == 0) {
                line.next();
            }
        }
        var place = place(random, weights);
        var predicted = line.ahead(place);
        var turn = turn(place);
        line.add(turn);
        assertThat(leftBefore(turn)).isLessThanOrEqualTo(predicted);
    }
}
