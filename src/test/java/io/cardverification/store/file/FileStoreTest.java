package io.cardverification.store.file;

import static io.cardverification.store.StoreSamples.NOON;
import static io.cardverification.store.StoreSamples.PASSED;
import static io.cardverification.store.StoreSamples.SHOP;
import static io.cardverification.store.StoreSamples.call;
import static io.cardverification.store.StoreSamples.claim;
import static io.cardverification.store.StoreSamples.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.cardverification.store.CallId;
import io.cardverification.store.EndedCall;
import io.cardverification.store.file.FileStore.FileParts;
import io.cardverification.store.sql.AgreedSettings;
import io.cardverification.store.sql.DyingCall.Moment;
import io.cardverification.store.sql.DyingCallAssert;
import io.cardverification.store.sql.StoreSettings;
import io.cardverification.store.sql.StoreTimer;
import io.cardverification.testing.SettableClock;
import io.cardverification.verification.Completion;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;

/** Starts with a file, and the reasons for which the gateway refuses it. */
class FileStoreTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final SettableClock clock = new SettableClock(NOON);
    private long processes;

    @TempDir
    Path directory;

    @AfterEach
    void stopTimer() {
        timer.shutdownNow();
    }

    private static <T> T get(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }

    private Path file() {
        return directory.resolve("data/gateway.db");
    }

    private FileStore open() {
        return open(file(), Optional.empty(), 20);
    }

    private FileStore open(Path path, Optional<String> secret, int limit) {
        var settings = new StoreSettings(++processes, Duration.ofHours(1), 100, false, Duration.ofSeconds(3));
        return FileStore.open(path, settings, secret,
                used -> AgreedSettings.of(limit, Duration.ofSeconds(1), "AKID", used),
                new FileParts(clock, System::nanoTime, new StoreTimer(timer), new SecureRandom()));
    }

    private void assertRefused(Path path, String reason) {
        assertThatThrownBy(() -> open(path, Optional.empty(), 20).close()).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("gateway.store.file").hasMessageContaining(path.toString())
                .hasMessageContaining(reason).message().doesNotContain("\n");
    }

    @Test
    void only_the_owner_reads_the_files() throws IOException {
        try (var opened = open()) {
            assertThat(opened.store().isAvailable()).isTrue();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())))
                    .isEqualTo("rwx------");
            try (var files = Files.list(file().getParent())) {
                assertThat(files).hasSizeGreaterThan(1).allSatisfy(each -> assertThat(
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(each))).isEqualTo("rw-------"));
            }
        }
    }

    @Test
    void a_restart_forgets_nothing() {
        String secret;
        try (var opened = open()) {
            secret = opened.sharingSecret();
            var store = opened.store();
            get(store.depart(call(new CallId(1, 1), 1, claim(1, 1))));
            store.settle(claim(1, 1), PASSED);
            store.keep(question(1), PASSED, Duration.ofMinutes(1));
            store.end(new EndedCall(new CallId(1, 1), PASSED, Map.of(SHOP, 1)));
        }
        try (var opened = open()) {
            assertThat(opened.recovered()).isEmpty();
            assertThat(opened.sharingSecret()).isEqualTo(secret).hasSizeGreaterThanOrEqualTo(32);
            var store = opened.store();
            assertThat(get(store.claim(claim(1, 1))).map(Completion::label)).contains(PASSED.label());
            assertThat(get(store.answer(question(1))).map(Completion::label)).contains(PASSED.label());
            assertThat(get(store.spent(LocalDate.of(2026, 11, 27)))).isEqualTo(Map.of(SHOP, 1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_killed_process_leaves_no_charge_untold(Moment moment) throws IOException, InterruptedException {
        DyingCallAssert.run(DyingFileProcess.class, file().toString(), moment.name());
        try (var opened = open()) {
            DyingCallAssert.assertTold(moment, opened.store(), opened.recovered());
        }
        try (var opened = open()) {
            assertThat(opened.recovered()).isEmpty();
        }
    }

    @Test
    void settings_may_change_between_two_starts() {
        open(file(), Optional.of("a".repeat(32)), 20).close();
        try (var opened = open(file(), Optional.of("b".repeat(32)), 30)) {
            assertThat(opened.sharingSecret()).isEqualTo("b".repeat(32));
        }
    }

    @Test
    void a_second_gateway_on_the_file_is_refused() {
        try (var opened = open()) {
            assertRefused(file(), "another gateway uses it");
            assertThat(opened.store().isAvailable()).isTrue();
        }
        open().close();
    }

    @Test
    void a_path_that_cannot_be_written_is_refused() throws IOException {
        assertRefused(directory, "not a regular file");
        var occupied = Files.createFile(directory.resolve("occupied"));
        assertRefused(occupied.resolve("gateway.db"), "cannot be used: ");
        assertRefused(Path.of("/proc/gateway.db"), "cannot be used: ");
    }

    @Test
    void a_file_that_is_no_database_is_refused_and_unchanged() throws IOException {
        var text = Files.writeString(directory.resolve("notes"), "not a database, and not to be lost".repeat(100));
        var before = Files.readAllBytes(text);
        assertRefused(text, "not a database");
        assertThat(Files.readAllBytes(text)).isEqualTo(before);
    }

    @Test
    void a_database_of_another_program_is_refused_and_unchanged() throws IOException {
        var foreign = directory.resolve("foreign.db");
        try (var connection = new SqliteConnection(foreign)) {
            connection.execute("create table theirs (id bigint)");
        }
        var before = Files.readAllBytes(foreign);
        assertRefused(foreign, "another program");
        assertThat(Files.readAllBytes(foreign)).isEqualTo(before);
    }

    @Test
    void a_corrupt_file_is_refused_and_unchanged() throws IOException {
        open().close();
        try (var channel = java.nio.channels.FileChannel.open(file(), java.nio.file.StandardOpenOption.WRITE)) {
            for (var page = 1; page < channel.size() / 4096; page++) {
                channel.write(ByteBuffer.wrap(new byte[100]), page * 4096L);
            }
        }
        var before = Files.readAllBytes(file());
        assertRefused(file(), "corrupt");
        assertThat(Files.readAllBytes(file())).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(ints = { 2, 3 })
    void a_store_may_be_one_version_newer_and_not_two(int version) {
        open().close();
        try (var connection = new SqliteConnection(file())) {
            connection.execute("insert into schema_version values ($1, 0)", (long) version);
        }
        if (version == 2) {
            open().close();
        } else {
            assertThatThrownBy(this::open).isInstanceOf(ConfigurationException.class).hasMessageContaining("gateway.store")
                    .hasMessageContaining("version 3").hasMessageContaining("up to 1");
        }
    }
}
