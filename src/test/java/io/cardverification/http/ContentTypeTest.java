package io.cardverification.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTypeTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = { "Text/HTML;Charset=\"utf-8\" |text/html|true",
            "application/json|application/json|true", "text/html; charset=\"UTF\\-8\"|text/html|true", "a/b;;c=d; |a/b|true",
            "a/b; charset=gbk|a/b|false", "a/b; charset=utf-8; charset=gbk|a/b|false", "a/b; x=\"charset=gbk\"|a/b|true" })
    void parses_media_types_by_rfc_9110(String field, String mediaType, boolean isUtf8) {
        assertThat(ContentType.parse(List.of(field))).contains(new ContentType(mediaType, isUtf8));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "json", "a/", "/b", "a/b/c", "a /b", "a/b, c/d", "text/plain;application/json", "a/b; c",
            "a/b; c=",
            "a/b; c = d", "a/b; c=\"d" })
    void rejects_malformed_media_types(String field) {
        assertThat(ContentType.parse(List.of(field))).isEmpty();
    }

    @Test
    void requires_exactly_one_field() {
        assertThat(ContentType.parse(List.of())).isEmpty();
        assertThat(ContentType.parse(List.of("a/b", "a/b"))).isEmpty();
    }

    @Test
    void identity_counts_as_no_coding() {
        assertThat(ContentType.isIdentity(List.of())).isTrue();
        assertThat(ContentType.isIdentity(List.of("identity, IDENTITY", ""))).isTrue();
        assertThat(ContentType.isIdentity(List.of("identity", "gzip"))).isFalse();
        assertThat(ContentType.isIdentity(List.of("identityidentity"))).isFalse();
    }
}
