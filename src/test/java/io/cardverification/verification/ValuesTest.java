package io.cardverification.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

    @Test
    void the_pages_examples_are_taken_with_their_leading_spaces() {
        assertThat(new BankCard(" 6226090210146748", false).value()).isEqualTo("6226090210146748");
        assertThat(new IdCard(" 11204416541220243X", false).value()).isEqualTo("11204416541220243X");
        assertThat(new PersonName("Wei Xiaobao", false).value()).isEqualTo("Wei Xiaobao");
    }

    @Test
    void white_space_of_every_script_is_stripped_and_x_is_capital() {
        assertThat(new BankCard("\t\u00a06226090210146748\u202f\u3000\n", false).value()).isEqualTo("6226090210146748");
        assertThat(new IdCard("11204416541220243x ", false).value()).isEqualTo("11204416541220243X");
        assertThat(new PersonName("\u3000韦小宝 ", false).value()).isEqualTo("韦小宝");
    }

    @ParameterizedTest
    @ValueSource(strings = { "123456789", "12345678901234567890", "6226 0902 1014 6748", "622609021014674x",
            "６２２６０９０２１０１４６７４８" })
    void a_card_of_another_shape_is_refused_by_rule_and_without_the_value(String card) {
        assertThatThrownBy(() -> new BankCard(card, false)).isInstanceOf(MalformedValue.class)
                .hasMessage("must be 10 to 19 digits");
    }

    @ParameterizedTest
    @ValueSource(strings = { "1120441654122024", "11204416541220243Y", "1120441654122024XX", "110101900101001",
            "1120441654122024３X" })
    void an_id_number_of_another_shape_is_refused(String id) {
        assertThatThrownBy(() -> new IdCard(id, false)).isInstanceOf(MalformedValue.class).hasMessageNotContaining(id);
    }

    @ParameterizedTest
    @ValueSource(strings = { "Wei\u200bXiaobao", "Wei\nXiaobao", "Wei\ud800", "\ufeffWei", "Wei\u0000", "Wei\u2028X", "\u3164",
            "Wei\ufe0f" })
    void a_name_with_invisible_characters_is_refused(String name) {
        assertThatThrownBy(() -> new PersonName(name, false)).isInstanceOf(MalformedValue.class)
                .hasMessage("must not contain control, format, filler or unpaired surrogate characters");
    }

    @Test
    void rare_characters_and_long_names_are_taken() {
        assertThat(new PersonName("𠮷\ue863·爱新觉罗", false).value()).isEqualTo("𠮷\ue863·爱新觉罗");
        assertThat(new PersonName("𠮷".repeat(64), false).value()).hasSize(128);
        assertThatThrownBy(() -> new PersonName("𠮷".repeat(65), false)).hasMessage("must be at most 64 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "\u3000", "\u00a0" })
    void empty_values_are_refused(String empty) {
        assertThatThrownBy(() -> new BankCard(empty, false)).hasMessage("must not be empty");
        assertThatThrownBy(() -> new IdCard(empty, false)).hasMessage("must not be empty");
        assertThatThrownBy(() -> new PersonName(empty, false)).hasMessage("must not be empty");
    }

    @Test
    void ciphertext_is_kept_to_the_letter() {
        assertThat(new IdCard("8TEJyC4YWALmK5U9cw+R+1Rvs4LuNRAAm8LQkwrJEa4=", true).value())
                .isEqualTo("8TEJyC4YWALmK5U9cw+R+1Rvs4LuNRAAm8LQkwrJEa4=");
        assertThatThrownBy(() -> new IdCard(" 8TEJ", true)).isInstanceOf(MalformedValue.class);
        assertThatThrownBy(() -> new BankCard("6226-0902", true)).isInstanceOf(MalformedValue.class);
        assertThatThrownBy(() -> new PersonName("A".repeat(513), true)).isInstanceOf(MalformedValue.class);
    }

    @Test
    void only_identity_cards_are_supported() {
        assertThat(new CertType(0).code()).isZero();
        assertThatThrownBy(() -> new CertType(1)).hasMessageContaining("must be 0");
    }

    @Test
    void nothing_prints_more_than_the_last_four_digits_of_the_card() {
        var encryption = new Encryption(List.of("Name"), "canary-blob", "canary-iv", "SM4-GCM", List.of("canary-tag"));
        var request = new VerificationRequest(new BankCard("6226090210146748", false), new PersonName("Wei Xiaobao", false),
                new IdCard("11204416541220243X", false), new CertType(0), encryption);
        assertThat(request.bankCard()).hasToString("BankCard[*6748]");
        assertThat(request.toString()).contains("6748").doesNotContain("46748", "6226", "Wei", "112044", "canary");
        assertThat(new BankCard("Q0FOQVJZ", true).toString()).doesNotContain("Q0FO");
        assertThat(new IdCard("Q0FOQVJZ", true).toString()).doesNotContain("Q0FO");
        assertThat(new PersonName("Q0FOQVJZ", true).toString()).doesNotContain("Q0FO");
    }

    @Test
    void encryption_knows_what_it_covers() {
        var encryption = new Encryption(List.of("Name"), null, null, null, null);
        assertThat(encryption.covers("Name")).isTrue();
        assertThat(encryption.covers("IdCard")).isFalse();
        assertThat(new Encryption(null, null, null, null, null).covers("Name")).isFalse();
    }
}
