package io.cardverification.cloudapi;

import static io.cardverification.cloudapi.SignedCall.GOOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.cardverification.testing.ManyRequests;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;

/** Parameters of every transport, and the codes of their mistakes. */
@QuarkusTest
@TestProfile(ManyRequests.class)
class ApiParametersTest extends TencentCloudApiFixture {

    @Test
    void each_transport_has_its_size() {
        var tooLarge = "The request size exceeds the upper limit.";
        refused(get("Name=" + "x".repeat(32 * 1024)), "RequestSizeLimitExceeded", tooLarge);
        refused(get("Name=" + "x".repeat(31 * 1024)), "MissingParameter",
                "The request is missing a required parameter `Action`.");
        refused(form("Name=" + "x".repeat(1024 * 1024)), "RequestSizeLimitExceeded", tooLarge);
        refused(post(new byte[10 * 1024 * 1024 + 1]), "RequestSizeLimitExceeded", tooLarge);
    }

    @Test
    void body_larger_than_any_call_is_not_buffered() {
        var tooLong = "The parameters of this action must not be longer than 64 KB.";
        refused(form("Name=" + "x".repeat(1000 * 1024)), "InvalidParameterValue", tooLong);
        refused(post("{\"Name\":\"" + "x".repeat(10 * 1024 * 1024 - 20) + "\"}"), "InvalidParameterValue", tooLong);
        refused(post("{\"Name\":\"" + "x".repeat(60 * 1024) + "\"}"), "MissingParameter",
                "The request is missing a required parameter `BankCard`.");
    }

    @Test
    void too_deep_or_too_many_parameters_are_rejected() {
        var before = arrivals();
        refused(get(SignedCall.v1("GET", RestAssured.port, Map.of("a" + ".a".repeat(8000), "x"))), "InvalidParameter",
                "A structure is nested too deep.");
        refused(form("a=1&".repeat(300)), "InvalidParameter", "There are more than 200 parameters.");
        assertThat(arrivals()).isEqualTo(before);
    }

    @Test
    void json_in_another_encoding_than_utf_8_is_refused() {
        for (var encoding : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE)) {
            refused(post(GOOD.getBytes(encoding)), "InvalidParameter",
                    "The request body must be one JSON object in UTF-8, each parameter once.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "null", "[]", "\"Wei\"", "{\"Name\":\"Wei\"", "{} {}", "{\"Name\":\"Wei\",\"Name\":\"Wei\"}",
            "{Name:'Wei'}" })
    void body_other_than_one_json_object_is_rejected(String body) {
        refused(post(body), "InvalidParameter", "The request body must be one JSON object in UTF-8, each parameter once.");
    }

    @Test
    void invalid_utf_8_is_rejected() {
        refused(post(GOOD.replace("Wei", "Ä").getBytes(StandardCharsets.ISO_8859_1)), "InvalidParameter",
                "The request body must be one JSON object in UTF-8, each parameter once.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "\"Name\":\"Wei Xiaobao\" | \"Name\":1                             | InvalidParameter      | Parameter `Name` type error.",
            "}                        | ,\"CertType\":\"0\"}                   | InvalidParameter      | Parameter `CertType` type error.",
            "}                        | ,\"CertType\":1}                       | InvalidParameterValue | The value of parameter `CertType` must be 0 (identity card); other document types are not supported.",
            "}                        | ,\"Encryption\":[]}                    | InvalidParameter      | Parameter `Encryption` type error.",
            "}                        | ,\"Encryption\":{\"EncryptList\":\"\"}} | InvalidParameter     | Parameter `Encryption.EncryptList` type error.",
            "}                        | ,\"Encryption\":{\"TagList\":[1]}}     | InvalidParameter      | Parameter `Encryption.TagList` type error.",
            "}                        | ,\"Encryption\":{\"Iv\":1}}            | InvalidParameter      | Parameter `Encryption.Iv` type error.",
            "}                        | ,\"Encryption\":{\"Key\":\"x\"}}       | UnknownParameter      | The parameter `Encryption.Key` is not recognized.",
            "}                        | ,\"6226090210146748\":\"x\"}           | UnknownParameter      | A parameter is not recognized.",
            "}                        | ,\"Wei Xiaobao\":\"x\"}                | UnknownParameter      | A parameter is not recognized.",
            "11204416541220243X       | 123                                    | InvalidParameterValue | The value of parameter `IdCard` must be 18 characters: 17 digits, then a digit or X.",
            "6226090210146748         | 6226-0902                              | InvalidParameterValue | The value of parameter `BankCard` must be 10 to 19 digits.",
            "Wei Xiaobao              | `  `                                   | InvalidParameterValue | The value of parameter `Name` must not be empty." })
    void invalid_parameter_is_reported_with_its_rule(String part, String instead, String code, String message) {
        refused(post(GOOD.replace(part, instead)), code, message);
    }

    @Test
    void null_members_count_as_absent() {
        post(GOOD.replace("}", ",\"CertType\":null,\"Encryption\":{\"EncryptList\":[],\"Iv\":null}}")).body("Response.Result",
                is("0"));
        refused(post(GOOD.replace("\"Wei Xiaobao\"", "null")), "MissingParameter",
                "The request is missing a required parameter `Name`.");
    }
}
