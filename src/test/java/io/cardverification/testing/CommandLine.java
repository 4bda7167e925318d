package io.cardverification.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** How an operator starts what was packaged: the native executable where Failsafe names one, or else the jar. */
public final class CommandLine {

    private CommandLine() {
    }

    /** @param options such as {@code -Dkey=value}, which stand before {@code -jar}, and behind an executable */
    public static List<String> of(List<String> options, String... arguments) {
        var executable = executable();
        var command = new ArrayList<>(
                List.of(executable == null ? Path.of(System.getProperty("java.home"), "bin", "java").toString() : executable));
        command.addAll(options);
        if (executable == null) {
            command.addAll(List.of("-jar", Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath().toString()));
        }
        command.addAll(List.of(arguments));
        return command;
    }

    @Nullable
    private static String executable() {
        return System.getProperty("native.image.path");
    }
}
