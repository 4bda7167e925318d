package io.cardverification.tencentcloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.cardverification.tencentcloud.AuthenticationResult.Accepted;
import io.cardverification.tencentcloud.AuthenticationResult.Parameters;

/** Parameters of requests with a signature of version 1. */
class SignatureV1ParametersTest extends SignatureV1Fixture {

    @Test
    void language_is_read_in_both_versions() {
        parameters.put("Language", "zh-CN");
        var form = form(parameters);
        assertThat(new ReceivedRequest("GET", form, Map.of(), new byte[0]).language()).isEqualTo("zh-CN");
        assertThat(new ReceivedRequest("POST", "", Map.of("content-type", "application/x-www-form-urlencoded"),
                form.getBytes(StandardCharsets.US_ASCII)).language()).isEqualTo("zh-CN");
        assertThat(new ReceivedRequest("POST", "", Map.of("x-tc-language", "en-US"), new byte[0]).language())
                .isEqualTo("en-US");
        assertThat(new ReceivedRequest("POST", form, Map.of(), new byte[0]).language()).isEmpty();
    }

    @Test
    void flat_names_become_nested_structures() {
        parameters.put("Encryption.EncryptList.0", "Name");
        for (var i = 1; i <= 11; i++) {
            parameters.put("Encryption.EncryptList." + i, "Name" + i); // .10 and .11 sort before .2
        }
        parameters.put("Encryption.Iv", "x=");
        var read = ((Parameters.Form) ((Accepted) good()).parameters()).values();
        assertThat(read.get("Encryption")).isEqualTo(Map.of("Iv", "x=", "EncryptList", List.of("Name", "Name1", "Name2",
                "Name3", "Name4", "Name5", "Name6", "Name7", "Name8", "Name9", "Name10", "Name11")));
    }

    @ParameterizedTest
    @ValueSource(strings = { "Action", "Nonce", "Signature", "Timestamp", "Version" })
    void missing_common_parameter_is_named(String name) {
        parameters.put("Signature", "x");
        parameters.remove(name);
        assertThat(refused(receive(form(parameters)), "MissingParameter").message())
                .isEqualTo("The request is missing a required parameter `" + name + "`.");
    }

    @Test
    void missing_secret_id_is_reported_as_not_found() {
        parameters.remove("SecretId");
        refused(good(), "AuthFailure.SecretIdNotFound");
    }

    @ParameterizedTest
    @CsvSource({ "Nonce,x", "Nonce,-1", "Nonce,9223372036854775808", "Nonce,1.5", "Timestamp,now", "Timestamp,1.5" })
    void invalid_number_is_named(String name, String value) {
        parameters.put(name, value);
        assertThat(refused(good(), "InvalidParameter").message()).isEqualTo("Parameter `" + name + "` type error.");
    }

    @Test
    void largest_nonce_of_any_sdk_is_accepted() {
        parameters.put("Nonce", Long.toString(Long.MAX_VALUE));
        assertThat(good()).isInstanceOf(Accepted.class);
    }

    @Test
    void unexpected_token_is_rejected() {
        parameters.put("Token", "x");
        refused(good(), "AuthFailure.TokenFailure");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "Name=%E9%9F | The parameters are not URL-encoded UTF-8.",
            "Name=%ZZ | The parameters are not URL-encoded UTF-8.", "Name=a&Name=b | A parameter is given twice.",
            "%4Eame=a&Name=b | A parameter is given twice." })
    void unreadable_form_is_rejected(String query, String message) {
        assertThat(refused(receive(query), "InvalidParameter").message()).isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(strings = { "Encryption=a&Encryption.Iv=b", "Encryption.Iv=b&Encryption.Iv.0=a",
            "Encryption.EncryptList.1=a", "Encryption.EncryptList.0=a&Encryption.EncryptList.2=b",
            "Encryption.EncryptList.0=a&Encryption.EncryptList.x=b" })
    void contradictory_structures_are_rejected(String query) {
        for (var pair : query.split("&", -1)) {
            parameters.put(pair.split("=", -1)[0], pair.split("=", -1)[1]);
        }
        refused(good(), "InvalidParameter");
    }
}
