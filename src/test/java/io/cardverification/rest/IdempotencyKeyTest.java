package io.cardverification.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {

    private static String type(List<String> headers, boolean required) {
        try {
            return "read as " + IdempotencyKey.read(headers, required);
        } catch (ProblemException thrown) {
            return String.valueOf(thrown.problem().members().get("type"));
        }
    }

    @Test
    void quoted_and_bare_key_are_equal() {
        assertThat(IdempotencyKey.read(List.of("\"8e03978e-40d5-43dd-bc93-6894a57f9324\""), true))
                .isEqualTo("8e03978e-40d5-43dd-bc93-6894a57f9324")
                .isEqualTo(IdempotencyKey.read(List.of(" 8e03978e-40d5-43dd-bc93-6894a57f9324 "), true));
        assertThat(IdempotencyKey.read(List.of("\"a \\\"b\\\\\""), true)).isEqualTo("a \"b\\");
        assertThat(IdempotencyKey.read(List.of("a".repeat(255)), true)).hasSize(255);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "\"\"", "\"a", "a\"", "a b", "a,b", "\"a\\b\"", "\"a\", \"b\"", "k\u00e9y", "a\\b", "\"a\";",
            "\"a\";B", "\"a\" ;b", "\"a\"b", "a;", "a;1", ";a", "a;b=\"", "\"\";a" })
    void malformed_key_is_rejected_without_repeating_it(String value) {
        assertThat(type(List.of(value), false)).isEqualTo("urn:problem:card-verification:idempotency-key-invalid");
    }

    @Test
    void parameters_after_the_key_are_ignored() {
        for (var value : List.of("\"a\";b=1", "\"a\"; b; c=\"d, e\"", "a;b=?0", "a; *=token/x")) {
            assertThat(IdempotencyKey.read(List.of(value), true)).isEqualTo("a");
        }
    }

    @Test
    void two_headers_or_256_characters_are_invalid() {
        assertThat(type(List.of("a", "a"), false)).endsWith("idempotency-key-invalid");
        assertThat(type(List.of("a".repeat(256)), false)).endsWith("idempotency-key-invalid");
        assertThat(type(List.of("\"" + "a".repeat(256) + "\""), false)).endsWith("idempotency-key-invalid");
    }

    @Test
    void absent_key_is_a_problem_only_if_required() {
        assertThat(IdempotencyKey.read(List.of(), false)).isNull();
        assertThatThrownBy(() -> IdempotencyKey.read(List.of(), true)).isInstanceOf(ProblemException.class);
        assertThat(type(List.of(), true)).endsWith("idempotency-key-missing");
    }
}
