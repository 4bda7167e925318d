package io.cardverification.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.vertx.core.json.JsonObject;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * A PostgreSQL server of one test, which the test kills, pauses and starts again on the same files. Other tests use
 * {@link EmbeddedDatabase}. Threads: one.
 */
public final class KillableDatabase implements AutoCloseable {

    public static final String USER = "postgres";

    private final Path folder;
    private final int port = FreePorts.one();
    private EmbeddedPostgres server;

    /** @param folder for the files of the server */
    public KillableDatabase(Path folder) throws IOException {
        this.folder = folder;
        this.server = begin();
    }

    /** As in production. By the embedded server's own defaults a commit returns before it is in the log, so a kill loses it. */
    private EmbeddedPostgres begin() throws IOException {
        return EmbeddedPostgres.builder().setDataDirectory(folder).setCleanDataDirectory(false).setPort(port)
                .setServerConfig("synchronous_commit", "on").setServerConfig("fsync", "on")
                .setPGStartupWait(Duration.ofMinutes(1)).start();
    }

    public int port() {
        return port;
    }

    /** {@code kill -9} of the server and of all its processes. */
    public void kill() throws Exception {
        pause();
        var processes = Stream.concat(Stream.of(parent()), parent().descendants()).toList();
        processes.forEach(ProcessHandle::destroyForcibly);
        for (var process : processes) {
            process.onExit().get(1, TimeUnit.MINUTES);
        }
        server.close(); // finds no process, and unlocks the files
    }

    /** Recovers as after a crash, and returns when the server accepts connections. */
    public void start() throws IOException {
        server = begin();
    }

    /** No process of the server runs an instruction until {@link #resume}. The first to stop is the one that starts others. */
    public void pause() throws Exception {
        signal("STOP", Stream.of(parent()));
        signal("STOP", parent().descendants());
    }

    public void resume() throws Exception {
        signal("CONT", parent().descendants());
        signal("CONT", Stream.of(parent()));
    }

    private static void signal(String signal, Stream<ProcessHandle> processes) throws Exception {
        var command = Stream.concat(Stream.of("kill", "-" + signal), processes.map(each -> String.valueOf(each.pid())));
        if (new ProcessBuilder(command.toList()).inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException("a process of the server gets no signal " + signal);
        }
    }

    private ProcessHandle parent() throws IOException {
        var pid = Files.readAllLines(folder.resolve("postmaster.pid")).get(0);
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    public List<JsonObject> rows(String query) throws SQLException {
        try (var connection = server.getPostgresDatabase().getConnection()) {
            return StoreRows.rows(connection, query);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
