package io.cardverification.callers;

import static io.cardverification.callers.TestCallersConfig.HASH;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;

/** A file of callers that a test changes. */
abstract class CallerDirectoryFixture {

    @TempDir
    Path folder;

    final Vertx vertx = Vertx.vertx();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final SecureRandom random = new SecureRandom();
    Path file = Path.of("");

    @BeforeEach
    void chooseFile() {
        file = folder.resolve("callers.properties");
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    CallerDirectory callers(String... keysAndValues) {
        return new CallerDirectory(TestCallersConfig.of(keysAndValues),
                new InMemoryCallerQuotas(Clock.systemUTC(), System::nanoTime, meters), vertx);
    }

    /** @return the API key */
    String issued(String caller) {
        var lines = KeyGenerator.configuration(caller, random);
        write(lines);
        return lines.replaceFirst("(?s).*Bearer (\\S+).*", "$1");
    }

    void write(String content) {
        try {
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Two checks that read the same content. */
    void checkTwice(CallerDirectory callers) {
        callers.reload(file);
        callers.reload(file);
    }

    double refused() {
        return meters.get("gateway.callers.file.rejected").gauge().value();
    }

    static @Nullable String name(CallerDirectory callers, String apiKey) {
        var caller = callers.findByApiKey(apiKey);
        return caller == null ? null : caller.name();
    }

    static String limited(String limit) {
        return "gateway.callers.named.shop.key-hashes=" + HASH + "\ngateway.callers.named.shop.charges-per-day=" + limit + "\n";
    }

    double limit() {
        return meters.get("gateway.callers.charges.limit").tag("caller", "shop").gauge().value();
    }
}
