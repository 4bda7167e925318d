package io.cardverification.performance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.cardverification.FreePorts;
import io.cardverification.HotPath;

/**
 * A way to start the gateway.
 *
 * @param plain what it is compared with: the position of a way, maybe of its own
 */
record Way(String name, int plain, List<String> options, List<String> application) {

    private static final Path PLAIN = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final Path LEARNING = Path.of("target", "aot-app", "quarkus-run.jar");

    /** Those that there are; an archive is made anew, so that it fits. */
    static List<Way> all(List<String> jdks) throws IOException, InterruptedException {
        var ways = new ArrayList<Way>();
        for (var jdk : jdks) {
            var java = Path.of(jdk, "bin", "java").toString();
            var feature = feature(java);
            var plain = ways.size();
            ways.add(new Way("JDK %d".formatted(feature), plain, List.of(java), List.of("-jar", PLAIN.toString())));
            if (Files.exists(LEARNING)) {
                ways.add(learnt(java, feature, plain));
            }
        }
        for (var executable : executables()) {
            ways.add(new Way("native executable", ways.size(), List.of(executable.toString()), List.of()));
        }
        return ways;
    }

    /** What there is not, to be told beside those that there are. */
    static String absent() throws IOException {
        return (Files.exists(LEARNING) ? "" : "\nNot measured, since there is no " + LEARNING + ": archives.\n")
                + (executables().isEmpty() ? "\nNot measured, since there is none in target: a native executable.\n" : "");
    }

    private static List<Path> executables() throws IOException {
        try (var files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.toString().endsWith("-runner")).toList();
        }
    }

    private static int feature(String java) throws IOException {
        var version = new ProcessBuilder(java, "-XshowSettings:properties", "-version").redirectErrorStream(true).start();
        return Integer.parseInt(new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .replaceFirst("(?s).*java.specification.version = (\\d+).*", "$1"));
    }

    private static Way learnt(String java, int feature, int plain) throws IOException, InterruptedException {
        var caches = feature >= 25;
        var archive = LEARNING.resolveSibling(caches ? "app.aot" : "app.jsa").toString();
        var port = FreePorts.one();
        var managementPort = FreePorts.one();
        new HotPath(port, managementPort).walk(java, "-Xmx256m",
                (caches ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + archive, "-Dquarkus.profile=sandbox",
                "-Dquarkus.http.port=" + port, "-Dquarkus.management.port=" + managementPort,
                "-Dgateway.sandbox.port=" + FreePorts.one(), "-Dquarkus.log.console.json.enabled=true",
                "-jar", LEARNING.toString());
        return new Way("JDK %d with %s".formatted(feature, caches ? "an AOT cache" : "an AppCDS archive"), plain,
                caches ? List.of(java, "-XX:AOTMode=on", "-XX:AOTCache=" + archive)
                        : List.of(java, "-Xshare:on", "-XX:SharedArchiveFile=" + archive),
                List.of("-jar", LEARNING.toString()));
    }

    /** @param properties as {@code -Dkey=value} */
    List<String> command(List<String> properties) {
        var command = new ArrayList<>(options);
        command.add("-Xmx256m");
        command.addAll(properties);
        command.addAll(application);
        return command;
    }
}
