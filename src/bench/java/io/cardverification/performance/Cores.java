package io.cardverification.performance;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** One processor for all contestants and another for this process, until it is closed; where that cannot be, all for all. */
final class Cores implements AutoCloseable {

    private static final int CONTESTANTS = 0;
    private static final int BENCH = 1;

    /** Ticks since the machine's start. */
    record Busy(long busy, long all) {

        double percentSince(Busy before) {
            return 100.0 * (busy - before.busy) / (all - before.all);
        }
    }

    private final int count = Runtime.getRuntime().availableProcessors();
    private final boolean apart = count > 1 && isInstalled("taskset");

    Cores() throws IOException {
        pin(Integer.toString(BENCH));
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** The command that does the same on the contestants' processor. */
    List<String> pinned(List<String> command) {
        return apart ? Stream.concat(Stream.of("taskset", "-c", Integer.toString(CONTESTANTS)), command.stream()).toList()
                : command;
    }

    Busy contestants() throws IOException {
        return busy(CONTESTANTS);
    }

    Busy bench() throws IOException {
        return busy(BENCH);
    }

    private Busy busy(int core) throws IOException {
        var name = apart ? "cpu" + core + " " : "cpu ";
        try (var lines = Files.lines(Path.of("/proc/stat"))) {
            var ticks = Stream.of(lines.filter(line -> line.startsWith(name)).findFirst().orElseThrow().split(" +", -1)).skip(1)
                    .limit(8).mapToLong(Long::parseLong).toArray();
            var all = Arrays.stream(ticks).sum();
            return new Busy(all - ticks[3] - ticks[4], all);
        }
    }

    @Override
    public String toString() {
        return apart ? "contestants share one processor, who asks and the upstream's stub have another"
                : "nothing is pinned to a processor (one only, or `taskset` is not installed), so take these for hints";
    }

    private void pin(String cores) throws IOException {
        if (apart) {
            new ProcessBuilder("taskset", "-a", "-p", "-c", cores, Long.toString(ProcessHandle.current().pid()))
                    .redirectOutput(Redirect.DISCARD).redirectError(Redirect.INHERIT).start().onExit().join();
        }
    }

    @Override
    public void close() throws IOException {
        pin("0-" + (count - 1));
    }
}
