package io.cardverification.tencentcloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

class ErrorCodeTest {

    private static Map<String, String> table(String resource) throws IOException {
        try (var table = ErrorCodeTest.class.getResourceAsStream(resource)) {
            var rows = new HashMap<String, String>();
            new String(table.readAllBytes(), StandardCharsets.UTF_8).lines().map(row -> row.split("\\|"))
                    .forEach(cells -> rows.put(cells[1].strip(), cells[2].strip()));
            return rows;
        }
    }

    @Test
    void every_code_of_the_api_page_has_the_pages_message() throws IOException {
        assertThat(table("/api-page-errors.md")).hasSize(10).allSatisfy((code, text) -> {
            assertThat(ErrorCode.closest(code).orElseThrow().code()).isEqualTo(code);
            assertThat(ErrorCode.closest(code).orElseThrow().message()).isEqualTo(text);
        });
    }

    @Test
    void every_common_code_is_known() throws IOException {
        assertThat(table("/common-errors.md")).hasSize(38)
                .allSatisfy((code, text) -> assertThat(ErrorCode.closest(code).orElseThrow().code()).isEqualTo(code));
        assertThat(ErrorCode.values()).hasSize(38 + 10 - 2 + 1); // two stand in both tables, AuthFailure in neither
    }

    @Test
    void undocumented_sub_code_resolves_to_its_parent() {
        assertThat(ErrorCode.closest("RequestLimitExceeded.Some.Thing")).contains(ErrorCode.REQUEST_LIMIT_EXCEEDED);
        assertThat(ErrorCode.closest("Nonsense")).isEmpty();
        assertThat(ErrorCode.closest("")).isEmpty();
        assertThat(ErrorCode.closest(".")).isEmpty();
    }
}
