package io.cardverification.performance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Vert.x' watch said of event loops that stood still for a tenth of a second. It cannot tell one that was blocked from one
 * that the machine or a collection of garbage did not let run. It says so anew whenever it looks, of longer and longer, which
 * counts once.
 *
 * @param times that one stood still
 * @param longestMillis that it told of
 */
record Blocked(int times, long longestMillis) {

    private static final Pattern SAID = Pattern.compile("Thread\\[([^,]+),.* has been blocked for (\\d+) ms");

    /** @param from the line of the log to begin with, 0 for all */
    static Blocked in(Path log, long from) throws IOException {
        var last = new HashMap<String, Long>();
        var times = 0;
        var longest = 0L;
        try (var lines = Files.lines(log)) {
            for (var said : lines.skip(from).map(SAID::matcher).filter(Matcher::find).toList()) {
                var millis = Long.parseLong(said.group(2));
                var before = last.put(said.group(1), millis);
                if (before == null || millis <= before) {
                    times++;
                }
                longest = Math.max(longest, millis);
            }
        }
        return new Blocked(times, longest);
    }

    static long lines(Path log) throws IOException {
        try (var lines = Files.lines(log)) {
            return lines.count();
        }
    }

    @Override
    public String toString() {
        return switch (times) {
            case 0 -> "never";
            case 1 -> "once, %d ms".formatted(longestMillis);
            default -> "%d times, %d ms at the longest".formatted(times, longestMillis);
        };
    }
}
