package io.cardverification.performance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * What Vert.x' watch said of event loops that stood still for a tenth of a second. It cannot tell one that was blocked from one
 * that the machine did not let run.
 *
 * @param times it said so
 * @param longestMillis that it told of
 */
record Blocked(int times, long longestMillis) {

    private static final Pattern SAID = Pattern.compile("has been blocked for (\\d+) ms");

    /** @param from the line of the log to begin with, 0 for all */
    static Blocked in(Path log, long from) throws IOException {
        try (var lines = Files.lines(log)) {
            var said = lines.skip(from).filter(line -> line.contains("has been blocked")).map(SAID::matcher)
                    .filter(matcher -> matcher.find()).mapToLong(matcher -> Long.parseLong(matcher.group(1))).summaryStatistics();
            return new Blocked((int) said.getCount(), Math.max(0, said.getMax()));
        }
    }

    static long lines(Path log) throws IOException {
        try (var lines = Files.lines(log)) {
            return lines.count();
        }
    }

    @Override
    public String toString() {
        return times == 0 ? "never" : "%d times, %d ms at the longest".formatted(times, longestMillis);
    }
}
