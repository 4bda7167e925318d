package io.cardverification.performance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.cardverification.HotPath;
import io.cardverification.testing.FreePorts;

/** What a JVM learns of the hot path while the image is built, kept beside the application that {@code -Daot} has packaged. */
final class AotCache {

    static final Path APPLICATION = Path.of("target", "aot-app", "quarkus-run.jar");

    private static final int CACHES_SINCE = 25;

    private final String java;
    private final int feature;

    /** @param java the executable */
    AotCache(String java) throws IOException {
        this.java = java;
        feature = feature(java);
    }

    static boolean isPackaged() {
        return Files.exists(APPLICATION);
    }

    private static int feature(String java) throws IOException {
        var version = new ProcessBuilder(java, "-XshowSettings:properties", "-version").redirectErrorStream(true).start();
        return Integer.parseInt(new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .replaceFirst("(?s).*java.specification.version = (\\d+).*", "$1"));
    }

    int feature() {
        return feature;
    }

    String kind() {
        return feature >= CACHES_SINCE ? "an AOT cache" : "an AppCDS archive";
    }

    /**
     * Learns anew, so that it fits.
     *
     * @param options of the JVM, with which it must also be used
     * @return options that use it, and end a JVM that cannot
     */
    List<String> by(List<String> options) throws IOException, InterruptedException {
        var caches = feature >= CACHES_SINCE;
        var archive = APPLICATION.resolveSibling(caches ? "app.aot" : "app.jsa").toString();
        var port = FreePorts.one();
        var managementPort = FreePorts.one();
        var command = new ArrayList<>(List.of(java));
        command.addAll(options);
        command.addAll(
                List.of((caches ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + archive, "-Dquarkus.profile=sandbox",
                        "-Dquarkus.http.port=" + port, "-Dquarkus.management.port=" + managementPort,
                        "-Dgateway.sandbox.port=" + FreePorts.one(), "-Dquarkus.log.console.json.enabled=true",
                        "-jar", APPLICATION.toString()));
        new HotPath(port, managementPort).walk(command.toArray(String[]::new));
        return caches ? List.of("-XX:AOTMode=on", "-XX:AOTCache=" + archive)
                : List.of("-Xshare:on", "-XX:SharedArchiveFile=" + archive);
    }
}
