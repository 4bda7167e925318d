package io.cardverification.callers;

import static io.cardverification.callers.Settings.HASH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;

/** Who is known, and how that changes while the gateway runs. */
class CallersTest {

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

    private Callers callers(String... keysAndValues) {
        return new Callers(Settings.of(keysAndValues), new Balances(Clock.systemUTC(), meters), vertx);
    }

    /** @return the API key */
    private String issued(String caller) {
        var lines = NewKey.lines(caller, random);
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

    private static @Nullable String name(Callers callers, String apiKey) {
        var caller = callers.holding(apiKey);
        return caller == null ? null : caller.name();
    }

    @Test
    void what_new_key_prints_is_known_as_it_stands() {
        var key = issued("shop");
        var callers = callers("file", file.toString());
        assertThat(name(callers, key)).isEqualTo("shop");
        assertThat(callers.keyPairs()).singleElement().satisfies(pair -> {
            assertThat(pair.caller().name()).isEqualTo("shop");
            assertThat(pair.secretId()).matches("AKID[0-9a-f]{32}");
            assertThat(pair.secretKey()).matches("[0-9a-f]{64}");
            assertThat(pair).asString().doesNotContain(pair.secretKey());
        });
    }

    @Test
    void a_file_that_changes_changes_who_is_known() {
        var key = issued("shop");
        var callers = callers("file", file.toString());
        var next = issued("shop");
        callers.reload(file);
        assertThat(name(callers, key)).isNull();
        assertThat(name(callers, next)).isEqualTo("shop");
        assertThat(meters.get("gateway.callers.charges.today").tag("caller", "shop").gauge().value()).isZero();
    }

    @Test
    void a_file_that_says_the_same_is_not_read_anew() {
        issued("shop");
        var callers = callers("file", file.toString());
        var pairs = callers.keyPairs();
        callers.reload(file);
        assertThat(callers.keyPairs()).isSameAs(pairs);
    }

    @Test
    void a_file_that_breaks_a_rule_or_is_gone_changes_nobody() throws IOException {
        var key = issued("shop");
        var callers = callers("file", file.toString());
        for (var content : new String[] { "",
                "gateway.callers.named.shop.key-hashes=" + HASH + "\ngateway.callers.named.shop.weight=0",
                "gateway.callers.named.shop.key-hash=" + HASH, "gateway.callers.anonymous=true", "\\u00", "a" }) {
            write(content);
            callers.reload(file);
            assertThat(name(callers, key)).as(content).isEqualTo("shop");
        }
        Files.delete(file);
        callers.reload(file);
        assertThat(name(callers, key)).isEqualTo("shop");
        var next = issued("bank");
        callers.reload(file);
        assertThat(name(callers, key)).isNull();
        assertThat(name(callers, next)).isEqualTo("bank");
    }

    @Test
    void the_file_adds_to_the_configuration_and_does_not_contradict_it() {
        var key = issued("shop");
        var both = callers("file", file.toString(), "named.bank.key-hashes", HASH);
        assertThat(name(both, key)).isEqualTo("shop");
        assertThatThrownBy(() -> callers("file", file.toString(), "named.shop.key-hashes", HASH))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "gateway.callers.named.shop must be in the configuration or in gateway.callers.file, and not in both");
    }

    @Test
    void a_start_without_callers_is_refused_unless_that_is_said() {
        assertThatThrownBy(() -> callers().start(new StartupEvent())).isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("gateway.callers.named must name somebody")
                .hasMessageContaining("gateway.callers.anonymous");
        assertThat(callers().keyless()).isNull();
        var open = callers("anonymous", "true");
        open.start(new StartupEvent());
        assertThat(open.keyless()).isNotNull();
        assertThatThrownBy(() -> callers("file", file.toString())).isInstanceOf(ConfigurationException.class)
                .hasMessage("gateway.callers.file " + file + " must be a file that can be read");
        assertThatThrownBy(() -> callers("anonymous", "true", "file-check", "0s").start(new StartupEvent()))
                .hasMessage("gateway.callers.file-check must be 1 s to an hour");
    }
}
