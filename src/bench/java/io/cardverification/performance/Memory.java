package io.cardverification.performance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What a JVM's process holds, in bytes.
 *
 * @param found resident, as it was found
 * @param collected resident, when garbage was collected
 * @param heap what is alive there
 */
record Memory(long found, long collected, long heap) {

    /** By the JDK's own tool, which collects the garbage first. */
    static Memory of(ServerProcess process) throws IOException {
        var found = process.resident().now();
        var heap = liveHeap(process.pid());
        return new Memory(found * 1024, process.resident().now() * 1024, heap);
    }

    private static long liveHeap(long pid) throws IOException {
        var jcmd = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid),
                "GC.class_histogram").redirectErrorStream(true).start();
        try (var lines = jcmd.inputReader(StandardCharsets.UTF_8)) {
            var total = lines.lines().filter(line -> line.startsWith("Total")).findFirst().orElseThrow();
            return Long.parseLong(total.split(" +", -1)[2]);
        }
    }

    String row(String name) {
        return String.format(Locale.ROOT, "| %s | %.1f MiB | %.1f MiB | %.1f MiB |%n", name, found / 0x1p20, collected / 0x1p20,
                heap / 0x1p20);
    }

    /** The difference, for each of as many. */
    String each(String name, Memory before, int count) {
        return String.format(Locale.ROOT, "| %s | %,d bytes | %,d bytes | %,d bytes |%n", name, (found - before.found) / count,
                (collected - before.collected) / count, (heap - before.heap) / count);
    }
}
