package io.cardverification.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.jspecify.annotations.Nullable;

/**
 * Who asks what, when, by which door and how patiently: all of it drawn from one seed.
 *
 * <p>
 * Most ask about ordinary cards, some about the sandbox's cards of every result and every error code. Of a hundred questions,
 * some fifteen are asked by several at once, forty have a key, with which they are asked again after the connection was dropped
 * or
 * broken, and ten are dropped for good.
 */
final class Plan {

    /**
     * One caller's way with one question: one connection after the other.
     *
     * @param atMillis after the start
     * @param dropsMillis after how long each is dropped; negative for never
     */
    record ScheduledCall(Question question, int atMillis, boolean isSdk, @Nullable String key, List<Integer> dropsMillis) {
    }

    private static final int NEVER = -1;
    private static final int RESULTS = 21;
    private static final int ERRORS = 47;
    private static final int LONGEST_DROP_MILLIS = 400;

    private final Random random;
    private final long seed;
    private int planned;

    Plan(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    /**
     * The next ones.
     *
     * @param perSecond how many questions a second begin to be asked
     */
    List<ScheduledCall> errands(int count, int perSecond) {
        var errands = new ArrayList<ScheduledCall>();
        for (var each = 0; each < count; each++) {
            add(errands, (int) (each * 1000L / perSecond));
        }
        return errands;
    }

    private String card() {
        var draw = random.nextInt(100);
        if (draw < 20) {
            return "62220000000000%02d".formatted(random.nextInt(RESULTS));
        }
        return draw < 28 ? "62229000000000%02d".formatted(1 + random.nextInt(ERRORS))
                : "6226%012d".formatted(random.nextLong(1_000_000_000_000L));
    }

    private void add(List<ScheduledCall> errands, int atMillis) {
        var draw = random.nextInt(100);
        var question = question(draw >= 15 && draw < 55);
        if (question.isKeyed()) {
            var drops = switch (random.nextInt(3)) {
                case 0 -> List.of(NEVER);
                case 1 -> List.of(drop(), NEVER);
                default -> List.of(drop(), drop(), NEVER);
            };
            errands.add(new ScheduledCall(question, atMillis, false, "key-%d-%d".formatted(seed, question.number()), drops));
        } else if (draw < 15) {
            for (var callers = 2 + random.nextInt(3); callers > 0; callers--) {
                errands.add(new ScheduledCall(question, atMillis + random.nextInt(50), random.nextInt(4) == 0, null,
                        List.of(random.nextInt(4) == 0 ? drop() : NEVER)));
            }
        } else {
            errands.add(
                    new ScheduledCall(question, atMillis, random.nextInt(5) == 0, null, List.of(draw < 65 ? drop() : NEVER)));
        }
    }

    private Question question(boolean isKeyed) {
        var number = planned++;
        return new Question(number, card(), "Chaos %d %d".formatted(seed, number), "11204416541220243X", isKeyed);
    }

    private int drop() {
        return random.nextInt(LONGEST_DROP_MILLIS);
    }
}
