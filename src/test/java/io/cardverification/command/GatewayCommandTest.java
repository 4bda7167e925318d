package io.cardverification.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Usage of the commands. {@link io.cardverification.RefusedStartIT} starts the process. */
class GatewayCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int execute(String... arguments) {
        return GatewayCommand.execute(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    @ParameterizedTest
    @CsvSource({ "new-key", "new-key shop", "new-key a.b_c-1" })
    void new_key_prints_lines_for_the_configuration(String arguments) {
        var names = arguments.split(" ");
        assertThat(execute(names)).isZero();
        assertThat(out.toString()).contains(names.length > 1 ? names[1] : "NAME", ".key-hashes=", ".secret-key=");
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "new-keyy", "NEW-KEY", "-Dquarkus.http.port=1", "start", "shop new-key", "new-key shop bank",
            "cvg_SECRET new-key", "new-key shop cvg_SECRET", "--secret=bank", "new-key --secret=bank", "-sbank" })
    void an_unknown_argument_is_refused_without_its_value(String arguments) {
        assertThat(execute(arguments.split(" "))).isEqualTo(2);
        assertThat(err.toString().strip()).contains("unknown", "--help").doesNotContain("\n", "keyy", "bank", "SECRET", "port");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void an_unknown_option_is_named() {
        execute("new-key", "--secret=bank");
        assertThat(err.toString()).startsWith("card-verification-gateway new-key: unknown option --secret.");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "a b", "anonymous", ".a", "a=b", "a\nb" })
    void an_invalid_name_is_refused_with_its_rule(String name) {
        assertThat(execute("new-key", name)).isEqualTo(2);
        assertThat(err.toString().strip()).contains("1 to 64 letters, digits").doesNotContain("\n");
        assertThat(execute("new-key", "a".repeat(65))).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = { "--help", "-h", "new-key --help" })
    void help_is_shown_on_standard_output(String arguments) {
        assertThat(execute(arguments.split(" "))).isZero();
        assertThat(out.toString()).contains("Usage: card-verification-gateway", "new-key");
    }

    @Test
    void an_empty_argument_is_refused() {
        assertThat(execute("")).isEqualTo(2);
    }
}
