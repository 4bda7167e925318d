package io.cardverification;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.cardverification.testing.FreePorts;
import io.cardverification.testing.PackagedGateway;
import io.cardverification.testing.RestartableProcess;

/** The packaged application does not start with a store's file that it cannot use, and leaves the file as it is. */
class RefusedStoreIT extends PackagedGateway {

    private void assertStoreIsRefused(Path file, String reason) throws Exception {
        var log = logOfRefusedSandbox("-Dgateway.store=file", "-Dgateway.store.file=" + file);
        assertThat(log.lines()).filteredOn(line -> line.contains("gateway.store")).singleElement().asString()
                .contains("gateway.store.file must be a writable file of this gateway alone, but " + file
                        + " cannot be used: " + reason);
        assertThat(log).doesNotContain("\tat ");
    }

    @Test
    void store_of_a_running_gateway_is_refused_in_one_line() throws Exception {
        var file = folder.resolve("gateway.db");
        var health = FreePorts.one();
        try (var first = new RestartableProcess(folder, "first", URI.create("http://localhost:" + health + "/q/health/ready"),
                List.of("-Dquarkus.profile=sandbox", "-Dquarkus.http.port=" + FreePorts.one(),
                        "-Dquarkus.management.port=" + health, "-Dgateway.sandbox.port=" + FreePorts.one(),
                        "-Dgateway.store=file", "-Dgateway.store.file=" + file))) {
            assertStoreIsRefused(file, "another gateway uses it");
            first.kill();
            first.start();
            first.stop();
        }
    }

    /** Not even an administrator can create a directory below a file. */
    @Test
    void store_that_cannot_be_created_is_refused_in_one_line() throws Exception {
        var file = Files.createFile(folder.resolve("file"));
        assertStoreIsRefused(file.resolve("data/gateway.db"), "");
        assertStoreIsRefused(folder, "it is not a regular file");
    }

    @Test
    void file_that_is_no_store_is_refused_and_unchanged() throws Exception {
        var text = Files.writeString(folder.resolve("text"), "no database ".repeat(1_000));
        assertStoreIsRefused(text, "the file is not a database");
        assertThat(text).hasContent("no database ".repeat(1_000));

        var other = folder.resolve("other.db");
        execute(other, "create table something (name text)");
        assertStoreIsRefused(other, "it is a database of another program");
    }

    @Test
    void corrupt_store_is_refused_and_unchanged() throws Exception {
        var file = folder.resolve("gateway.db");
        execute(file, "pragma application_id = " + 0x43564757, "create table something (name text)",
                "insert into something values ('" + "a".repeat(100) + "')");
        var bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, bytes.length / 2, bytes.length, (byte) 'x');
        Files.write(file, bytes);
        assertStoreIsRefused(file, "the file is corrupt");
        assertThat(file).hasBinaryContent(bytes);
    }

    private static void execute(Path file, String... commands) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            for (var command : commands) {
                statement.execute(command);
            }
        }
    }
}
