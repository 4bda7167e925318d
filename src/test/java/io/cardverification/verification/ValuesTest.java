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
    void malformed_card_is_rejected_by_rule_without_its_value(String card) {
        assertThatThrownBy(() -> new BankCard(card, false)).isInstanceOf(InvalidValueException.class)
                .hasMessage("must be 10 to 19 digits");
    }

    @ParameterizedTest
    @ValueSource(strings = { "1120441654122024", "11204416541220243Y", "1120441654122024XX", "110101900101001",
            "1120441654122024３X" })
    void an_id_number_of_another_shape_is_refused(String id) {
        assertThatThrownBy(() -> new IdCard(id, false)).isInstanceOf(InvalidValueException.class).hasMessageNotContaining(id);
    }

    @ParameterizedTest
    @ValueSource(strings = { "\u200b", "\n", "\ufeff", "\u0000", "\u2028", "\u3164", "\ufe0f", "\u2800", "\u034f", "\u180b",
            "\u180e", "\u180f", "\u17b4", "\u17b5", "\u2065", "\u206f", "\u115f", "\u1160", "\uffa0", "\ufff0", "\u00ad",
            "\ud834\udd59", "\ud81b\udfe4", "\ud82f\udca0", "\udb40\udc01", "\udb40\udd00", "\udb43\udfff", "\u202e", "\u2066",
            "\u061c", "\u200d" })
    void a_name_with_invisible_characters_is_refused(String invisible) {
        refused("Wei" + invisible + "Xiaobao", "must not contain control, format, filler or other invisible characters");
    }

    @ParameterizedTest
    @ValueSource(strings = { "\u2800", "\u034f", "\u180b", "\u17b4", "\u2065", "\udb43\udfff", "\u00ad\u2800", "\ud834\udd59" })
    void invisible_characters_alone_or_at_an_end_are_refused(String name) {
        for (var around : List.of(name, name + "W", "W" + name)) {
            refused(around, "must not contain control, format, filler or other invisible characters");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "\ufffd", "\ufffc", "\ufdd0", "\ufdef", "\ufffe", "\uffff", "\ud83f\udffe", "\udbff\udfff",
            "\ud800",
            "\udc00" })
    void a_name_that_was_damaged_on_the_way_is_refused(String destroyed) {
        for (var name : List.of(destroyed, "Wei" + destroyed + "Xiaobao", "韦" + destroyed)) {
            refused(name, "must not contain replacement characters, noncharacters or unpaired surrogates: it was damaged by a"
                    + " wrong decoding");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "\u3000", "\u00a0", "\u2003", "\u202f", "\u1680" })
    void a_space_inside_that_is_not_ascii_is_refused(String space) {
        refused("Wei" + space + "Xiaobao", "must not contain spaces other than U+0020, such as U+3000");
    }

    private static void refused(String name, String rule) {
        assertThatThrownBy(() -> new PersonName(name, false)).isInstanceOf(InvalidValueException.class).hasMessage(rule);
    }

    @ParameterizedTest
    @ValueSource(strings = { "Nguyễn Thị Minh", "Nguye\u0302\u0303n", "O'Brien-Smith Jr.", "迪丽热巴·迪力木拉提", "买买提•吐尔逊", "𠮷野", "〇",
            "\ud88c\udc00", "\u0e2a\u0e21\u0e0a\u0e32\u0e22", "བསྟན་འཛིན", "ᠪᠠᠲᠤ", "김민준", "Ｗｅｉ", "\ue863", "葛\udb40\udd00城",
            "\ufa19\ufe00",
            "\u795e\ufe00", "José  María" })
    void names_as_people_have_them_are_taken(String name) {
        assertThat(new PersonName(name, false).value()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = { "W\udb40\udd00", "\udb40\udd00葛", "葛\udb40\udd00\udb40\udd00", "葛\ufe0f", "葛\ufe0e", "葛城\u180b" })
    void a_variation_selector_is_taken_once_behind_an_ideograph(String name) {
        refused(name, "must not contain control, format, filler or other invisible characters");
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
        assertThatThrownBy(() -> new IdCard(" 8TEJ", true)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new BankCard("6226-0902", true)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new PersonName("A".repeat(513), true)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void only_identity_cards_are_supported() {
        assertThat(new CertType(0).code()).isZero();
        assertThatThrownBy(() -> new CertType(1)).hasMessageContaining("must be 0");
    }

    @Test
    void to_string_has_at_most_the_last_four_digits() {
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
    void encryption_lists_its_fields() {
        var encryption = new Encryption(List.of("Name"), null, null, null, null);
        assertThat(encryption.covers("Name")).isTrue();
        assertThat(encryption.covers("IdCard")).isFalse();
        assertThat(new Encryption(null, null, null, null, null).covers("Name")).isFalse();
    }
}
