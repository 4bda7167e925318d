package io.cardverification.callers;

import static io.cardverification.callers.TestCallersConfig.HASH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;

/** The callers of configuration and file when the gateway starts. */
class CallerDirectoryTest extends CallerDirectoryFixture {

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
