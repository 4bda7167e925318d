package io.cardverification.callers;

import static io.cardverification.callers.TestCallersConfig.HASH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Clock;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;

/** The callers of configuration and file, and changes of the file while the gateway runs. */
class CallerDirectoryTest {

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final SecureRandom random = new SecureRandom();
    private Path file = Path.of("");

    @BeforeEach
    void chooseFile() {
        file = folder.resolve("callers.properties");
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private CallerDirectory callers(String... keysAndValues) {
        return new CallerDirectory(TestCallersConfig.of(keysAndValues),
                new InMemoryCallerQuotas(Clock.systemUTC(), System::nanoTime, meters), vertx);
    }

    /** @return the API key */
    private String issued(String caller) {
        var lines = KeyGenerator.configuration(caller, random);
        write(lines);
        return lines.replaceFirst("(?s).*Bearer (\\S+).*", "$1");
    }

    private void write(String content) {
        try {
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Two checks that read the same content. */
    private void checkTwice(CallerDirectory callers) {
        callers.reload(file);
        callers.reload(file);
    }

    private double refused() {
        return meters.get("gateway.callers.file.rejected").gauge().value();
    }

    private static @Nullable String name(CallerDirectory callers, String apiKey) {
        var caller = callers.findByApiKey(apiKey);
        return caller == null ? null : caller.name();
    }

    @Test
    void output_of_new_key_is_a_valid_file() {
        var key = issued("shop");
        var callers = callers("file", file.toString());
        assertThat(name(callers, key)).isEqualTo("shop");
        assertThat(callers.sdkCredentials()).singleElement().satisfies(pair -> {
            assertThat(pair.caller().name()).isEqualTo("shop");
            assertThat(pair.secretId()).matches("AKID[0-9a-f]{32}");
            assertThat(pair.secretKey()).matches("[0-9a-f]{64}");
            assertThat(pair).asString().doesNotContain(pair.secretKey());
        });
    }

    @Test
    void changed_file_replaces_the_callers() {
        var key = issued("shop");
        var callers = callers("file", file.toString());
        var next = issued("shop");
        checkTwice(callers);
        assertThat(name(callers, key)).isNull();
        assertThat(name(callers, next)).isEqualTo("shop");
        assertThat(meters.get("gateway.callers.charges.today").tag("caller", "shop").gauge().value()).isZero();
    }

    @Test
    void unchanged_file_keeps_the_callers() {
        issued("shop");
        var callers = callers("file", file.toString());
        var pairs = callers.sdkCredentials();
        checkTwice(callers);
        assertThat(callers.sdkCredentials()).isSameAs(pairs);
    }

    @Test
    void invalid_or_missing_file_keeps_the_callers() throws IOException {
        var key = issued("shop");
        var callers = callers("file", file.toString());
        for (var content : new String[] { "",
                "gateway.callers.named.shop.key-hashes=" + HASH + "\ngateway.callers.named.shop.weight=0",
                "gateway.callers.named.shop.key-hash=" + HASH, "gateway.callers.anonymous=true", "\\u00", "a" }) {
            write(content);
            checkTwice(callers);
            assertThat(name(callers, key)).as(content).isEqualTo("shop");
        }
        Files.delete(file);
        callers.reload(file);
        assertThat(name(callers, key)).isEqualTo("shop");
        var next = issued("bank");
        checkTwice(callers);
        assertThat(name(callers, key)).isNull();
        assertThat(name(callers, next)).isEqualTo("bank");
    }

    private static String limited(String limit) {
        return "gateway.callers.named.shop.key-hashes=" + HASH + "\ngateway.callers.named.shop.charges-per-day=" + limit + "\n";
    }

    private double limit() {
        return meters.get("gateway.callers.charges.limit").tag("caller", "shop").gauge().value();
    }

    @Test
    void growing_file_is_applied_when_it_is_complete() {
        write(limited("70"));
        var callers = callers("file", file.toString());
        var whole = limited("5000");
        for (var length = 0; length <= whole.length(); length++) {
            write(whole.substring(0, length));
            callers.reload(file);
            assertThat(limit()).as("the first %d characters", length).isEqualTo(70);
        }
        callers.reload(file);
        assertThat(limit()).isEqualTo(5000);
    }

    @Test
    void file_truncated_within_a_line_is_rejected() {
        write(limited("70"));
        var callers = callers("file", file.toString());
        callers.registerMetrics(new StartupEvent(), meters);
        var whole = limited("5000");
        for (var length = whole.lastIndexOf("gateway") + 1; length < whole.length(); length++) {
            write(whole.substring(0, length));
            checkTwice(callers);
            assertThat(limit()).as("the first %d characters", length).isEqualTo(70);
            assertThat(refused()).isOne();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "gateway.callers.named.shop.charges-per-day=5000 | must end with a line feed: a file without one may be incomplete",
            "gateway.callers.named.shop.charges-per-day=~    | must have a value for each key: a missing value would remove a limit",
            "gateway.callers.anonymous=true~ | must contain only keys that begin with gateway.callers.named.",
            "?=~ | must be a properties file in UTF-8", "HUGE | must be at most 1 MiB long" })
    void invalid_file_is_reported_by_setting_and_rule(String content, String rule) throws IOException {
        var text = content.equals("HUGE") ? "#".repeat(1024 * 1024) + "~" : content;
        Files.write(file, text.replace('~', '\n').replace('?', '\u00ff').getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> callers("file", file.toString())).isInstanceOf(ConfigurationException.class)
                .hasMessage("gateway.callers.file " + file + " " + rule);
    }

    @Test
    void rejected_file_sets_a_metric_until_it_is_valid() throws IOException {
        var good = limited("70");
        write(good);
        var callers = callers("file", file.toString());
        callers.registerMetrics(new StartupEvent(), meters);
        assertThat(refused()).isZero();
        write(limited("many"));
        callers.reload(file);
        assertThat(refused()).isZero();
        for (var check = 0; check < 3; check++) {
            callers.reload(file);
            assertThat(refused()).isOne();
        }
        write(good);
        checkTwice(callers);
        assertThat(refused()).isZero();
        Files.delete(file);
        callers.reload(file);
        assertThat(refused()).isOne();
    }

    @Test
    void file_that_changes_at_every_check_is_rejected() {
        write(limited("70"));
        var callers = callers("file", file.toString());
        callers.registerMetrics(new StartupEvent(), meters);
        for (var change = 1; change <= 10; change++) {
            assertThat(refused()).as("after %d", change).isZero();
            write(limited("70" + change));
            callers.reload(file);
        }
        assertThat(refused()).isOne();
        callers.reload(file);
        assertThat(refused()).isZero();
        assertThat(limit()).isEqualTo(7010);
    }

    @Test
    void changed_link_is_applied_at_the_second_check() throws IOException {
        var first = Files.createDirectory(folder.resolve("..1"));
        var second = Files.createDirectory(folder.resolve("..2"));
        Files.writeString(first.resolve("callers.properties"), limited("70"));
        Files.writeString(second.resolve("callers.properties"), limited("5000"));
        var data = Files.createSymbolicLink(folder.resolve("..data"), first.getFileName());
        Files.createSymbolicLink(file, Path.of("..data", "callers.properties"));
        var callers = callers("file", file.toString());
        assertThat(limit()).isEqualTo(70);
        Files.move(Files.createSymbolicLink(folder.resolve("..new"), second.getFileName()), data,
                StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE); // as the kubelet does
        checkTwice(callers);
        assertThat(limit()).isEqualTo(5000);
    }

    @Test
    void start_fails_while_the_file_is_being_written() {
        write(limited("50"));
        var callers = callers("file", file.toString());
        write(limited("5000"));
        assertThatThrownBy(() -> callers.start(new StartupEvent())).isInstanceOf(ConfigurationException.class)
                .hasMessage("gateway.callers.file " + file + " must not change while the gateway starts");
    }

    @Test
    void output_of_new_key_is_valid_for_a_name_with_a_dot() {
        var key = issued("shop.example");
        assertThat(name(callers("file", file.toString()), key)).isEqualTo("shop.example");
    }

    @Test
    void file_adds_callers_and_cannot_redefine_one() {
        var key = issued("shop");
        var both = callers("file", file.toString(), "named.bank.key-hashes", HASH);
        assertThat(name(both, key)).isEqualTo("shop");
        assertThatThrownBy(() -> callers("file", file.toString(), "named.shop.key-hashes", HASH))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "gateway.callers.named.shop must be in the configuration or in gateway.callers.file, but not in both");
    }

    @Test
    void start_fails_without_callers_unless_anonymous() {
        assertThatThrownBy(() -> callers().start(new StartupEvent())).isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("gateway.callers.named must have at least one caller")
                .hasMessageContaining("gateway.callers.anonymous");
        assertThat(callers().anonymousCaller()).isNull();
        var open = callers("anonymous", "true");
        open.start(new StartupEvent());
        assertThat(open.anonymousCaller()).isNotNull();
        assertThatThrownBy(() -> callers("file", file.toString())).isInstanceOf(ConfigurationException.class)
                .hasMessage("gateway.callers.file " + file + " must be a readable file");
        assertThatThrownBy(() -> callers("anonymous", "true", "reload-period", "0s").start(new StartupEvent()))
                .hasMessage("gateway.callers.reload-period must be 1 s to an hour");
    }
}
