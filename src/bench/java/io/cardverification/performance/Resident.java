package io.cardverification.performance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel says of a process's memory, in KiB. */
record Resident(long now, long peak) {

    /** @throws IOException where it has ended */
    static Resident of(long pid) throws IOException {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            var status = lines.filter(line -> line.matches("Vm(RSS|HWM):.*"))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", ""))).toList();
            return new Resident(status.get(1), status.get(0));
        }
    }
}
