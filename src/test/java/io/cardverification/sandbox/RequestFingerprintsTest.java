package io.cardverification.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.vertx.core.json.JsonObject;

class RequestFingerprintsTest {

    /** printf '%s\n' 6226090210146748 'Wei Xiaobao' 11204416541220243X | openssl dgst -sha256 -hmac SANDBOXEXAMPLEKEY */
    static final String GOOD = "2c2d0061156016bd";

    private final RequestFingerprints fingerprints = new RequestFingerprints("SANDBOXEXAMPLEKEY");

    @ParameterizedTest
    @ValueSource(strings = {
            "{\"IdCard\":\"11204416541220243X\",\"Name\":\"Wei Xiaobao\",\"BankCard\":\"6226090210146748\"}",
            "{\"BankCard\":\" 6226090210146748\",\"Name\":\"Wei Xiaobao \",\"IdCard\":\"11204416541220243x\\n\"}",
            "{\"BankCard\":\"6226090210146748\",\"Name\":\"Wei Xiaobao\",\"IdCard\":\"11204416541220243X\",\"CertType\":1}" })
    void equal_values_have_one_fingerprint(String parameters) {
        assertThat(fingerprints.of(new JsonObject(parameters))).contains(GOOD);
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"IdCard\":\"6226090210146748\",\"Name\":\"Wei Xiaobao\",\"BankCard\":\"11204416541220243X\"}",
            "{\"IdCard\":\"11204416541220243X\",\"Name\":\"wei xiaobao\",\"BankCard\":\"6226090210146748\"}" })
    void different_values_have_different_fingerprints(String parameters) {
        assertThat(fingerprints.of(new JsonObject(parameters)).orElseThrow()).matches("[0-9a-f]{16}").isNotEqualTo(GOOD);
    }

    @Test
    void different_key_gives_a_different_fingerprint() {
        var parameters = new JsonObject().put("IdCard", "11204416541220243X").put("Name", "Wei Xiaobao")
                .put("BankCard", "6226090210146748");
        assertThat(new RequestFingerprints("ANOTHERKEY").of(parameters).orElseThrow()).isNotEqualTo(GOOD);
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "{\"IdCard\":\"1\",\"Name\":\"x\"}", "{\"IdCard\":\"1\",\"Name\":\"x\",\"BankCard\":1}",
            "{\"IdCard\":\"1\",\"Name\":null,\"BankCard\":\"1\"}" })
    void missing_or_non_string_value_has_no_fingerprint(String parameters) {
        assertThat(fingerprints.of(new JsonObject(parameters))).isEmpty();
    }
}
