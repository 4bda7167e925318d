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
    void with_or_without_quotation_marks_it_is_the_same_key() {
        assertThat(IdempotencyKey.read(List.of("\"8e03978e-40d5-43dd-bc93-6894a57f9324\""), true))
                .isEqualTo("8e03978e-40d5-43dd-bc93-6894a57f9324")
                .isEqualTo(IdempotencyKey.read(List.of(" 8e03978e-40d5-43dd-bc93-6894a57f9324 "), true));
        assertThat(IdempotencyKey.read(List.of("\"a \\\"b\\\\\""), true)).isEqualTo("a \"b\\");
        assertThat(IdempotencyKey.read(List.of("a".repeat(255)), true)).hasSize(255);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "\"\"", "\"a", "a\"", "a b", "a,b", "\"a\\b\"", "\"a\", \"b\"", "k\u00e9y", "a\\b", "\"a\";",
            "\"a\";B", "\"a\" ;b", "\"a\"b", "a;", "a;1", ";a", "a;b=\"", "\"\";a" })
    void what_is_no_key_is_refused_without_repeating_it(String value) {
        assertThat(type(List.of(value), false)).isEqualTo("urn:problem:card-verification:idempotency-key-invalid");
    }

    @Test
    void parameters_behind_it_are_allowed_and_mean_nothing() {
        for (var value : List.of("\"a\";b=1", "\"a\"; b; c=\"d, e\"", "a;b=?0", "a; *=token/x")) {
            assertThat(IdempotencyKey.read(List.of(value), true)).isEqualTo("a");
        }
    }

    @Test
    void one_is_enough_and_256_characters_are_too_many() {
        assertThat(type(List.of("a", "a"), false)).endsWith("idempotency-key-invalid");
        assertThat(type(List.of("a".repeat(256)), false)).endsWith("idempotency-key-invalid");
        assertThat(type(List.of("\"" + "a".repeat(256) + "\""), false)).endsWith("idempotency-key-invalid");
    }

    @Test
    void none_is_missing_only_where_it_is_required() {
        assertThat(IdempotencyKey.read(List.of(), false)).isNull();
        assertThatThrownBy(() -> IdempotencyKey.read(List.of(), true)).isInstanceOf(ProblemException.class);
        assertThat(type(List.of(), true)).endsWith("idempotency-key-missing");
    }
}
