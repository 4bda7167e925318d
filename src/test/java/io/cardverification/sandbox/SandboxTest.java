package io.cardverification.sandbox;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import java.net.Socket;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.cardverification.tencentcloud.Credentials;
import io.cardverification.tencentcloud.ErrorCode;
import io.cardverification.testing.ManyRequests;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** The sandbox alone, over its own port. */
@QuarkusTest
@TestProfile(ManyRequests.class)
class SandboxTest extends SandboxFixture {

    @Test
    void valid_request_gets_an_envelope() {
        ask(GOOD).body("Response.Result", is("0"), "Response.Description", is("Authentication passed"));
    }

    @Test
    void white_space_around_values_is_stripped() {
        ask("{\"IdCard\":\" 11204416541220243X\",\"Name\":\"Wei Xiaobao\",\"BankCard\":\" 6225768888888888\"}")
                .body("Response.Result", is("-1"));
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void every_error_code_has_a_test_card(ErrorCode code) {
        var cards = Arrays.asList(ErrorCode.values());
        ask(GOOD.replace("6226090210146748", "62229000000000%02d".formatted(cards.indexOf(code) + 1)))
                .body("Response.Error.Code", is(code.code()), "Response.Error.Message", is(code.message()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{}                                                  | MissingParameter      | The request is missing a required parameter `IdCard`.",
            "{\"IdCard\":\"1\"}                                  | MissingParameter      | The request is missing a required parameter `Name`.",
            "{\"IdCard\":\"1\",\"Name\":\"x\"}                   | MissingParameter      | The request is missing a required parameter `BankCard`.",
            "{\"PkgType\":1}                                     | UnknownParameter      | The parameter `PkgType` is not recognized.",
            "{\"IdCard\":1,\"Name\":\"x\",\"BankCard\":\"1\"}    | InvalidParameter      | Parameter `IdCard` type error.",
            "{\"IdCard\":\"1\",\"Name\":\"x\",\"BankCard\":\"1\",\"CertType\":1} | InvalidParameterValue | Incorrect parameter value.",
            "[]                                                  | InvalidParameter      | The request body is not a JSON object.",
            "null                                                | InvalidParameter      | The request body is not a JSON object.",
            "nonsense                                            | InvalidParameter      | The request body is not a JSON object." })
    void parameters_are_checked_by_the_page(String body, String code, String message) {
        refused(body, code, message);
    }

    @ParameterizedTest
    @CsvSource({ "IdCard,110101900101001,-19", "IdCard,123,-3", "BankCard,62x,-4", "Name,' ',-2" })
    void malformed_values_get_uncharged_results(String parameter, String value, String result) {
        ask(GOOD.replaceFirst("\"" + parameter + "\":\"[^\"]*\"", "\"" + parameter + "\":\"" + value + "\""))
                .body("Response.Result", is(result));
    }

    @Test
    void encryption_for_another_key_gets_a_decryption_error() {
        refused(GOOD.replace("}", ",\"Encryption\":{\"EncryptList\":[\"Name\"]}}"), "FailedOperation.DecryptSystemError",
                "Decryption failed.");
        ask(GOOD.replace("}", ",\"Encryption\":{\"EncryptList\":[\"Phone\"]}}")).body("Response.Error.Code",
                is("InvalidParameter.UnsupportEncryptField"));
        ask(GOOD.replace("}", ",\"Encryption\":{\"EncryptList\":[],\"Iv\":null}}")).body("Response.Result", is("0"));
    }

    @Test
    void common_parameters_are_checked_before_the_signature() {
        changed.put("X-TC-Timestamp", "");
        refused(GOOD, "MissingParameter", "The request is missing a required parameter `Timestamp`.");
        changed.put("X-TC-Version", "");
        changed.put("X-TC-Timestamp", "1");
        refused(GOOD, "MissingParameter", "The request is missing a required parameter `Version`.");
        changed.put("X-TC-Version", "2017-03-12");
        refused(GOOD, "NoSuchVersion", "The API version does not exist.");
        changed.put("X-TC-Action", "DescribeInstances");
        refused(GOOD, "InvalidAction", "The request `Action` is invalid or not found.");
    }

    @Test
    void keys_time_signature_and_token_are_checked() {
        changed.put("X-TC-Timestamp", "1700000000");
        refused(GOOD, "AuthFailure.SignatureExpire", "The signature is expired, please request again.");
        changed.clear();
        changed.put("Authorization", "SKIP");
        refused(GOOD, "AuthFailure.InvalidAuthorization", "`Authorization` in the request header is invalid.");
        changed.clear();
        credentials = new Credentials("AKIDSANDBOXEXAMPLE", "ANOTHERKEY", null);
        refused(GOOD, "AuthFailure.SignatureFailure",
                "The provided credentials could not be validated. Please check your signature is correct.");
        credentials = new Credentials("AKIDOTHER", "SANDBOXEXAMPLEKEY", null);
        refused(GOOD, "AuthFailure.SecretIdNotFound",
                "The SecretId is not found, please ensure that your SecretId is correct.");
        credentials = new Credentials("AKIDSANDBOXEXAMPLE", "SANDBOXEXAMPLEKEY", "stale");
        refused(GOOD, "AuthFailure.TokenFailure", "Token verification failed, please check if your Token is correct.");
    }

    @ParameterizedTest
    @ValueSource(strings = { "PUT", "DELETE", "OPTIONS", "PATCH" })
    void other_methods_get_an_envelope_too(String method) {
        given().port(port).request(method, "/").then().statusCode(200).header("Content-Type", equalTo("application/json"))
                .body("Response.Error.Code", is("UnsupportedProtocol"));
    }

    @Test
    void unknown_path_and_too_large_body_get_an_envelope() {
        given().port(port).get("/nope").then().statusCode(200).body("Response.Error.Code", is("InvalidAction"));
        given().port(port).contentType("application/json").body(new byte[10 * 1024 * 1024 + 1]).post("/").then()
                .statusCode(200).body("Response.Error.Code", is("RequestSizeLimitExceeded"));
        assertThat(lastDiagnosis()).isEqualTo("the body is larger than 10 MB");
    }

    @Test
    void too_long_part_is_named() {
        given().port(port).body(" ".repeat(64 * 1024 + 1)).patch("/_sandbox/settings").then().statusCode(413)
                .body(equalTo("the settings must be at most 64 KB"));
        given().port(port).get("/?Name=" + "x".repeat(128 * 1024)).then().statusCode(200)
                .body("Response.Error.Code", is("RequestSizeLimitExceeded"), "Response.Error.Message",
                        is("The request size exceeds the upper limit: its address is longer than 128 KB."));
        given().port(port).header("X", "x".repeat(128 * 1024)).get("/").then().statusCode(200)
                .body("Response.Error.Message",
                        is("The request size exceeds the upper limit: its headers are longer than 128 KB."));
    }

    @ParameterizedTest
    @CsvSource({ "6226090210146748,zh-CN,认证通过", "6222000000000019,zh-CN,该证件号暂不支持核验，当前仅支持二代身份证",
            "6222000000000020,zh-CN,Card status exception or card number error",
            "6222000000000001,en-US,Authentication failed", "6222000000000001,fr-FR,Authentication failed" })
    void description_is_in_the_requested_language(String card, String language, String description) {
        changed.put("X-TC-Language", language);
        ask(GOOD.replace("6226090210146748", card)).body("Response.Description", is(description));
    }

    @Test
    void error_is_in_chinese_if_documented() {
        changed.put("X-TC-Language", "zh-CN");
        credentials = new Credentials("AKIDSANDBOXEXAMPLE", "ANOTHERKEY", null);
        refused(GOOD, "AuthFailure.SignatureFailure", "请求签名验证失败，请检查您的签名计算是否正确。");
        credentials = new Credentials("AKIDOTHER", "SANDBOXEXAMPLEKEY", null);
        refused(GOOD, "AuthFailure.SecretIdNotFound",
                "The SecretId is not found, please ensure that your SecretId is correct.");
    }

    @Test
    void listens_on_both_addresses_of_localhost() {
        assertThat(SandboxServer.addresses("localhost")).startsWith("127.0.0.1").allSatisfy(address -> {
            try (var socket = new Socket(address, port)) {
                assertThat(socket.isConnected()).isTrue();
            }
        });
        assertThat(SandboxServer.addresses("0.0.0.0")).containsExactly("0.0.0.0");
    }
}
