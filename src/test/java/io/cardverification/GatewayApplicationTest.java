package io.cardverification;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments of the command line. {@link RefusedStartIT} starts the process. */
class GatewayApplicationTest {

    @ParameterizedTest
    @CsvSource({ "''", "new-key", "new-key shop", "new-key a.b_c-1" })
    void known_arguments_are_accepted(String arguments) {
        assertThat(GatewayApplication.usageError(arguments.isEmpty() ? new String[0] : arguments.split(" "))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "new-keyy", "NEW-KEY", "--help", "-Dquarkus.http.port=1", "start", "shop new-key", "new-key shop bank" })
    void rejects_an_unknown_argument_without_repeating_it(String arguments) {
        assertThat(GatewayApplication.usageError(arguments.split(" "))).hasValueSatisfying(line -> assertThat(line)
                .contains("new-key and the name of a caller", "-Dname=value").doesNotContain("\n", "keyy", "help", "bank"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "a b", "anonymous", ".a", "a=b", "a\nb" })
    void rejects_an_invalid_name(String name) {
        assertThat(GatewayApplication.usageError("new-key", name)).hasValueSatisfying(
                line -> assertThat(line).contains("1 to 64 letters, digits").doesNotContain("\n"));
        assertThat(GatewayApplication.usageError("new-key", "a".repeat(65))).isPresent();
    }

    @Test
    void rejects_an_empty_argument() {
        assertThat(GatewayApplication.usageError("")).isPresent();
    }
}
