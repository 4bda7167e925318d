package io.cardverification.performance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A way to start the gateway.
 *
 * @param plain what it is compared with: the position of a way, maybe of its own
 */
record LaunchMode(String name, int plain, List<String> options, List<String> application) {

    static final Path PLAIN = Path.of("target", "quarkus-app", "quarkus-run.jar");

    /** Those that there are; an archive is made anew, so that it fits. */
    static List<LaunchMode> all(List<String> jdks) throws IOException, InterruptedException {
        var ways = new ArrayList<LaunchMode>();
        for (var jdk : jdks) {
            var java = Path.of(jdk, "bin", "java").toString();
            var learnt = new AotCache(java);
            var plain = ways.size();
            var name = "JDK " + learnt.feature();
            ways.add(new LaunchMode(name, plain, List.of(java, ServerProcess.HEAP), List.of("-jar", PLAIN.toString())));
            if (AotCache.isPackaged()) {
                var options = Stream
                        .concat(Stream.of(java, ServerProcess.HEAP), learnt.by(List.of(ServerProcess.HEAP)).stream()).toList();
                ways.add(new LaunchMode(name + " with " + learnt.kind(), plain, options,
                        List.of("-jar", AotCache.APPLICATION.toString())));
            }
        }
        for (var executable : executables()) {
            ways.add(new LaunchMode("native executable", ways.size(), List.of(executable.toString(), ServerProcess.HEAP),
                    List.of()));
        }
        return ways;
    }

    /** What there is not, to be told beside those that there are. */
    static String absent() throws IOException {
        return (AotCache.isPackaged() ? "" : "\nNot measured, since there is no " + AotCache.APPLICATION + ": archives.\n")
                + (executables().isEmpty() ? "\nNot measured, since there is none in target: a native executable.\n" : "");
    }

    static List<Path> executables() throws IOException {
        try (var files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.toString().endsWith("-runner")).toList();
        }
    }

    /** @param properties as {@code -Dkey=value} */
    List<String> command(List<String> properties) {
        var command = new ArrayList<>(options);
        command.addAll(properties);
        command.addAll(application);
        return command;
    }
}
