package io.cardverification;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import io.cardverification.testing.CommandLine;
import io.cardverification.testing.FreePorts;
import io.cardverification.testing.PackagedGateway;

/**
 * The packaged application does what it does all day. With {@code -Daot} that is what its JVM learns from, and in the end it is
 * beside the application: from JDK 25 on an AOT cache, before that an AppCDS archive.
 *
 * <p>
 * Not by {@code quarkus.package.jar.aot.enabled}: for an archive nobody would ask anything, a cache would be made only for
 * classes of 25, it would have 20 s to be written, and before 25 an integration test would not start.
 */
class HotPathIT extends PackagedGateway {

    private static final boolean LEARNS = Boolean.getBoolean("aot");
    private static final boolean CACHES = Runtime.version().feature() >= 25;
    private static final Path APPLICATION = Path.of("target", "quarkus-app").toAbsolutePath();
    private static final Path ARCHIVE = APPLICATION.resolve(CACHES ? "app.aot" : "app.jsa");

    @Test
    void both_apis_respond_and_the_process_stops() throws Exception {
        var port = FreePorts.one();
        var options = new ArrayList<>(List.of("-Dquarkus.profile=sandbox", "-Dquarkus.log.console.json.enabled=true",
                "-Dquarkus.http.port=" + port, "-Dgateway.sandbox.port=" + FreePorts.one()));
        if (LEARNS) {
            options.add((CACHES ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + ARCHIVE);
        }
        var process = start(options.toArray(String[]::new));
        try {
            awaitReady(HttpClient.newHttpClient(), process);
            new HotPath(port, managementPort).walk();
            process.destroy();
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(Files.readString(folder.resolve("log"))).contains("\"charge\":\"charged\"").doesNotContain("Wei Xiaobao",
                "\"level\":\"ERROR\"");
        assertThat(!LEARNS || isUsed()).isTrue();
    }

    /** A JVM that cannot use it does without, unless it is told not to. */
    private static boolean isUsed() throws Exception {
        var use = CACHES ? List.of("-XX:AOTMode=on", "-XX:AOTCache=" + ARCHIVE)
                : List.of("-Xshare:on", "-XX:SharedArchiveFile=" + ARCHIVE);
        return new ProcessBuilder(CommandLine.of(use, "new-key")).inheritIO().start().waitFor() == 0;
    }
}
