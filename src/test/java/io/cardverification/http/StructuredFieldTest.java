package io.cardverification.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.cardverification.http.StructuredField.Other;

/** Examples of RFC 9651, and input that its algorithms reject. */
class StructuredFieldTest {

    @ParameterizedTest
    @ValueSource(strings = { "en=\"Applepie\", da=:w4ZibGV0w6ZydGU=:", "a=?0, b, c; foo=bar",
            "rating=1.5, feelings=(joy sadness)",
            "a=(1 2), b=3, c=4;aa=bb, d=(5 6);valid", "a=1,b=2;x=1;y=2,c=(a   b   c)", "a=(\"foo\" \"bar\");lvl=5, b=()", "",
            "  ",
            "foo=1, bar=2", "a=@1659578233", "a=%\"This is intended for display to %c3%bcsers.\"", "*x_-.*=*a:/",
            "a=\"\\\\\\\"\"",
            "a=-0, b=00012", "a=1 ,\tb=2" })
    void parses_dictionaries_of_the_rfc(String field) {
        assertThat(StructuredField.dictionary(List.of(field))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = { "a=1,", "a=1,,b=2", ",a=1", "A=1", "a=", "a=1 b=2", "a=(1", "a=(1,2)", "a=(1\t2)", "a=((1))",
            "a=\"b",
            "a=\"\\b\"", "a=\"\u00e9\"", "a=?2", "a=:w:", "a=:*:", "a=1.", "a=1.2345", "a=-", "a=--1", "a=1234567890123456",
            "a=1234567890123.1", "a=@1.5", "a=@x", "a=%\"%C3%BC\"", "a=%\"%ff\"", "a=%\"%c3\"", "a=%x", "a;=1", "a;B",
            "a ;b=1, ",
            "a= 1", "a=,", "a=1;", "9=a", "\"a\"", "a=\u00e9", "a=1\u0000" })
    void rejects_malformed_dictionaries(String field) {
        assertThat(StructuredField.dictionary(List.of(field))).isEmpty();
    }

    @Test
    void values_have_types_and_the_last_of_a_key_counts() {
        assertThat(StructuredField.dictionary(List.of("a=1, b=\"x, y\";p=1", "c, d=?0;q, a=-007, e=1.0, f=(1), g=h")))
                .contains(Map.of("a", -7L, "b", "x, y", "c", true, "d", false, "e", Other.DECIMAL, "f", Other.INNER_LIST, "g",
                        Other.TOKEN));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = { "5; foo=bar|5", " 42 |42", "\"hello world\"|hello world",
            "?1|true", "\"a\\\"b\";x=:YQ==:;y|a\"b" })
    void parses_items_of_the_rfc(String field, String value) {
        assertThat(StructuredField.item(field)).map(Object::toString).contains(value);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "1, 2", "1 2", "\"a\" b", "(1)", "a b" })
    void rejects_malformed_items(String field) {
        assertThat(StructuredField.item(field)).isEmpty();
    }
}
