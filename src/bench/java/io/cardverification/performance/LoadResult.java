package io.cardverification.performance;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * What became of all that was asked.
 *
 * @param seconds in which it was asked
 * @param unanswered connections that were lost, or hold a question still
 */
record LoadResult(Map<AnswerKind, Latencies> answers, int asked, double seconds, int unanswered) {

    /** Answers as they come. */
    static final class Tally {

        private final Map<AnswerKind, LongStream.Builder> nanos = new EnumMap<>(AnswerKind.class);

        Tally() {
            for (var answer : AnswerKind.values()) {
                nanos.put(answer, LongStream.builder());
            }
        }

        /** From when it was due. */
        void add(LoadConnection caller) {
            var took = System.nanoTime() - caller.dueNanos();
            nanos.get(AnswerKind.of(caller)).add(took);
        }

        LoadResult asked(int asked, long tookNanos, int unanswered) {
            var answers = new EnumMap<AnswerKind, Latencies>(AnswerKind.class);
            nanos.forEach((answer, all) -> answers.put(answer, Latencies.of(all.build().mapToDouble(each -> each / 1e6))));
            return new LoadResult(answers, asked, tookNanos / 1e9, unanswered);
        }
    }

    Latencies of(AnswerKind answer) {
        return answers.get(answer);
    }

    double perSecond() {
        return asked / seconds;
    }

    /** @throws IllegalStateException where anything else was answered, or nothing */
    Latencies allOk() {
        var ok = of(AnswerKind.OK);
        var others = answers.values().stream().mapToInt(Latencies::count).sum() - ok.count();
        if (others > 0 || unanswered > 0 || ok.count() == 0) {
            throw new IllegalStateException("of %,d questions %,d were answered by a 200, %,d otherwise, and %,d not at all"
                    .formatted(asked, ok.count(), others, unanswered));
        }
        return ok;
    }
}
