package io.cardverification.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectivesTest {

    @Test
    void parses_the_examples_of_rfc_7240() {
        assertThat(Directives.ofPrefer(List.of("respond-async, wait=100", "handling=lenient")))
                .isEqualTo(Map.of("respond-async", "", "wait", "100", "handling", "lenient"));
        assertThat(Directives.ofPrefer(List.of("foo; bar=\"\"", "Lenient"))).isEqualTo(Map.of("foo", "", "lenient", ""));
        assertThat(Directives.ofPrefer(List.of("foo=\"\"; bar ; baz = q , return=minimal; foo=\"some parameter\"")))
                .isEqualTo(Map.of("foo", "", "return", "minimal"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "no-cache", "No-Cache", "max-age=0, no-cache", "max-age=\"0\" ,no-cache ", ",, no-cache,",
            "foo=\"a, b\", no-cache", "foo=\"\\\"\", no-cache" })
    void finds_no_cache_by_its_grammar(String field) {
        assertThat(Directives.isNoCache(List.of(field))).isTrue();
        assertThat(Directives.isNoCache(List.of("max-age=0", field))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "foo=\"a, no-cache, b\"", "foo=\"a, no-cache", "no-cache x", "no-cache;x", "no-cache, x=",
            "no-cache, x = 1", "no-caches", "no-cache=\"x\"", "no-cache, (", "no-cache, \"x\"" })
    void ignores_malformed_or_similar_fields(String field) {
        assertThat(Directives.isNoCache(List.of(field))).isFalse();
    }
}
