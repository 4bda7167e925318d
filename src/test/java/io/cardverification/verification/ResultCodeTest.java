package io.cardverification.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

class ResultCodeTest {

    /** The page's own sentence, copied. */
    private static String page() throws IOException {
        try (var page = ResultCodeTest.class.getResourceAsStream("/api-page-results.txt")) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Map<String, String> descriptions(String part) {
        var entry = Pattern.compile("'(-?\\d+)': '([^']*)'").matcher(part);
        var descriptions = new HashMap<String, String>();
        while (entry.find()) {
            descriptions.put(entry.group(1), entry.group(2));
        }
        return descriptions;
    }

    @Test
    void the_table_is_the_page() throws IOException {
        var parts = page().split("-Result code with no charge", -1);
        var charged = descriptions(parts[0]);
        var free = descriptions(parts[1]);
        assertThat(charged).hasSize(15);
        assertThat(free).hasSize(6);
        assertThat(ResultCode.values()).hasSize(21).allSatisfy(code -> {
            var expected = charged.containsKey(code.code()) ? charged : free;
            assertThat(code.description()).isEqualTo(expected.get(code.code()));
            assertThat(code.charge()).isEqualTo(expected == charged ? Charge.CHARGED : Charge.FREE);
        });
    }

    @Test
    void outcomes_group_the_codes_as_programs_act_on_them() {
        assertThat(outcomes(0)).containsOnly(ResultCategory.PASSED);
        assertThat(outcomes(1, 5)).containsOnly(ResultCategory.MISMATCH);
        assertThat(outcomes(6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 20)).containsOnly(ResultCategory.CARD_UNUSABLE);
        assertThat(outcomes(2, 3, 4, 19)).containsOnly(ResultCategory.INPUT_REJECTED);
        assertThat(outcomes(17, 18)).containsOnly(ResultCategory.TRY_LATER);
    }

    @Test
    void a_code_that_the_page_does_not_know_is_no_result() {
        assertThat(ResultCode.of("-21")).isEmpty();
        assertThat(ResultCode.of("")).isEmpty();
        assertThat(ResultCode.of("00")).isEmpty();
    }

    private static ResultCategory[] outcomes(int... codes) {
        var outcomes = new ResultCategory[codes.length];
        for (var i = 0; i < codes.length; i++) {
            outcomes[i] = ResultCode.of(codes[i] == 0 ? "0" : "-" + codes[i]).orElseThrow().category();
        }
        return outcomes;
    }
}
