package io.cardverification.performance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** All that is claimed of this gateway's speed and size, part by part; those alone that {@code parts} names, if it does. */
final class PerformanceBench {

    /** How long each measurement takes. */
    static final Duration EACH = Duration.ofSeconds(Integer.getInteger("performance.seconds", 5));

    /** By the name that a part is asked for with. */
    private record Part(String title, Callable<String> run) {
    }

    private PerformanceBench() {
    }

    public static void main(String... none) throws Exception {
        var parts = new LinkedHashMap<String, Part>();
        parts.put("pass-through", new Part("Passing through", PassThrough::run));
        parts.put("waiting", new Part("Waiting", Waiting::run));
        parts.put("no", new Part("Saying no", RejectionBench::run));
        parts.put("start", new Part("Starting", StartBench::run));
        var report = new Report();
        for (var name : chosen(parts)) {
            var part = parts.get(name);
            var where = where();
            var text = part.run().call();
            System.out.printf("%n## %s%n%n%s%n", part.title(), text);
            report.put(part.title(), text + "\n" + where);
        }
    }

    private static List<String> chosen(Map<String, Part> parts) {
        var property = System.getProperty("parts", "");
        var chosen = property.isEmpty() ? List.copyOf(parts.keySet()) : List.of(property.split(",", -1));
        if (!parts.keySet().containsAll(chosen)) {
            throw new IllegalArgumentException("parts is to be some of " + parts.keySet() + ", with commas between");
        }
        return chosen;
    }

    /** How busy the machine was with other things is told, too, since it is in every figure. */
    private static String where() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            var model = lines.filter(line -> line.startsWith("model name")).map(line -> line.replaceAll(".*: ", ""))
                    .findFirst();
            return "%s, JDK %s, %d processors (%s), load average before: %s.%n".formatted(LocalDate.now(ZoneOffset.UTC),
                    Runtime.version(), Runtime.getRuntime().availableProcessors(), model.orElse("unknown"),
                    Files.readString(Path.of("/proc/loadavg")).replaceAll(" .*\\n", ""));
        }
    }
}
