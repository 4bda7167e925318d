package io.cardverification.tencentcloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.cardverification.tencentcloud.AuthenticationResult.Accepted;
import io.cardverification.tencentcloud.AuthenticationResult.Parameters;
import io.cardverification.tencentcloud.AuthenticationResult.Rejected;

class SignatureV1Test {

    private static final Instant NOW = Instant.ofEpochSecond(1700000000);
    private static final String HOST = "faceid.intl.tencentcloudapi.com";
    private static final String PUBLISHED = "GETcvm.tencentcloudapi.com/?Action=DescribeInstances&InstanceIds.0=ins-09dx96dg"
            + "&Limit=20&Nonce=11886&Offset=0&Region=ap-guangzhou&SecretId=%s&Timestamp=1465185768&Version=2017-03-12";

    private final RequestAuthenticator authenticator = new RequestAuthenticator(Action.BANK_CARD_VERIFICATION,
            List.of(new Credentials("AKIDEXAMPLE", "SECRETEXAMPLE", null)));
    private final TreeMap<String, String> parameters = new TreeMap<>(Map.of("Action", "BankCardVerification", "BankCard",
            "6226090210146748", "IdCard", "11204416541220243X", "Name", "Wei Xiaobao", "Nonce", "11886", "SecretId",
            "AKIDEXAMPLE", "Timestamp", "1700000000", "Version", "2018-03-01"));

    private String signature(String method) {
        return SignatureV1.signature(SignatureV1.algorithm(parameters.get("SignatureMethod")), "SECRETEXAMPLE",
                SignatureV1.stringToSign(method, HOST, parameters));
    }

    private static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private AuthenticationResult receive(String query) {
        return authenticator.authenticate(new ReceivedRequest("GET", query, Map.of("host", HOST), new byte[0]), NOW);
    }

    private AuthenticationResult signed(String stringToSign) {
        var sent = new TreeMap<>(parameters);
        sent.put("Signature", SignatureV1.signature(SignatureV1.SHA1, "SECRETEXAMPLE", stringToSign));
        return receive(form(sent));
    }

    private Rejected refused(AuthenticationResult receipt, String code) {
        assertThat(receipt).isInstanceOf(Rejected.class);
        var refusal = (Rejected) receipt;
        assertThat(refusal.code().code()).isEqualTo(code);
        assertThat(refusal.message() + refusal.diagnosis().get()).doesNotContain("Wei", "6226", "1120", "SECRETEXAMPLE");
        return refusal;
    }

    private AuthenticationResult good() {
        var sent = new TreeMap<>(parameters);
        sent.put("Signature", signature("GET"));
        return receive(form(sent));
    }

    @ParameterizedTest
    @CsvSource({ "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE,Gu5t9xGARNpq86cd98joQYCN3EXAMPLE,EliP9YW3pW28FpsEdkXt/+WcGeI=",
            "AKIDz8krbsJ5yKBZQpn74WFkmLPx3*******,Gu5t9xGARNpq86cd98joQYCN3*******,zmmjn35mikh6pM3V7sUEuX4wyYM=",
            "AKID********************************,********************************,7RAM2xfNMO9EiVTNmPg06MRnCvQ=" })
    void published_signatures_are_reproduced(String secretId, String secretKey, String signature) {
        assertThat(SignatureV1.signature(SignatureV1.SHA1, secretKey, PUBLISHED.formatted(secretId))).isEqualTo(signature);
    }

    @ParameterizedTest
    @CsvSource({ "GET,,boasUjPJXkea6Qw4N9iJE03gjww=", "GET,HmacSHA1,IxaPmOzsI8xDHVnlwhhS/rWR+cI=",
            "GET,HmacSHA256,bub0hf9jPc98mxYCp8HHi4tKp08sI96Zd9mUm4DCNWY=", "POST,,Oc9YALOc1fUCNOfT2GF5wEtHGUc=",
            "POST,HmacSHA1,bIw0dRyd1/mLDYdxO9UbiBCNEO0=",
            "POST,HmacSHA256,e7BRRJ+0LTXXfNr0TpEkGp/g+boZejJwH8pZZkrSKUM=" })
    void known_signatures_are_reproduced_and_accepted(String method, String signatureMethod, String signature) {
        if (signatureMethod != null) {
            parameters.put("SignatureMethod", signatureMethod);
        }
        assertThat(signature(method)).isEqualTo(signature);
        var sent = new TreeMap<>(parameters);
        sent.put("Signature", signature);
        var form = form(sent);
        var request = method.equals("GET") ? new ReceivedRequest("GET", form, Map.of("host", HOST), new byte[0])
                : new ReceivedRequest("POST", "", Map.of("host", HOST, "content-type",
                        "application/x-www-form-urlencoded; charset=utf-8"), form.getBytes(StandardCharsets.US_ASCII));
        var call = (Accepted) authenticator.authenticate(request, NOW);
        assertThat(call.secretId()).isEqualTo("AKIDEXAMPLE");
        assertThat(((Parameters.Form) call.parameters()).values()).isEqualTo(Map.of("BankCard", "6226090210146748", "IdCard",
                "11204416541220243X", "Name", "Wei Xiaobao"));
    }

    @Test
    void string_to_sign_is_the_documented_one() {
        assertThat(SignatureV1.stringToSign("GET", HOST, parameters)).isEqualTo(
                "GETfaceid.intl.tencentcloudapi.com/?Action=BankCardVerification&BankCard=6226090210146748"
                        + "&IdCard=11204416541220243X&Name=Wei Xiaobao&Nonce=11886&SecretId=AKIDEXAMPLE&Timestamp=1700000000"
                        + "&Version=2018-03-01");
    }

    @Test
    void example_of_the_page_is_signed_with_its_white_space() {
        parameters.put("BankCard", " 6226090210146748");
        assertThat(good()).isInstanceOf(Accepted.class);
    }

    @Test
    void space_may_be_plus_or_percent_20() {
        var sent = new TreeMap<>(parameters);
        sent.put("Signature", signature("GET"));
        assertThat(receive(form(sent))).isInstanceOf(Accepted.class);
        assertThat(receive(form(sent).replace("+", "%20"))).isInstanceOf(Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = { "%0A", "%0D%0A", "%20", "+", "%09%0A" })
    void white_space_after_the_signature_is_ignored(String tail) {
        var signature = "&Signature=" + URLEncoder.encode(signature("GET"), StandardCharsets.UTF_8);
        assertThat(receive(form(parameters) + signature + tail)).isInstanceOf(Accepted.class);
        refused(receive(form(parameters) + signature.replace("=", "=" + tail)), "AuthFailure.SignatureFailure");
    }

    @ParameterizedTest
    @ValueSource(strings = { "faceid.tencentcloudapi.com", "faceid.ap-singapore.tencentcloudapi.com" })
    void accepts_another_signed_public_host(String host) {
        assertThat(signed(SignatureV1.stringToSign("GET", host, parameters))).isInstanceOf(Accepted.class);
    }

    @Test
    void diagnosis_names_the_host() {
        assertThat(refused(signed(SignatureV1.stringToSign("GET", "localhost:8080", parameters)),
                "AuthFailure.SignatureFailure").diagnosis().get())
                .isEqualTo("Host differs: `localhost:8080` was signed, `" + HOST + "` was sent");
    }

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

    @Test
    void diagnosis_names_the_mistake() {
        var right = SignatureV1.stringToSign("GET", HOST, parameters);
        for (var mistake : Map.of(
                right.replaceFirst("GET", "POST"), "the method differs: POST was signed, GET was sent",
                right.replaceFirst("/\\?", "?"), "the path is missing",
                right.replaceFirst("/\\?", "/"), "the question mark after the path is missing",
                right.replaceFirst(HOST, ""), "the host is missing",
                right.replace("Wei Xiaobao", "Wei+Xiaobao"), "the client signed URL-encoded values").entrySet()) {
            assertThat(refused(signed(mistake.getKey()), "AuthFailure.SignatureFailure").diagnosis().get())
                    .contains(mistake.getValue());
        }
        assertThat(refused(signed("nonsense"), "AuthFailure.SignatureFailure").diagnosis().get())
                .contains("no single known mistake explains the difference", "GET" + HOST + "/?Action=*&*=*&*=*");
    }

    @Test
    void diagnosis_names_the_algorithm_and_the_encoding() {
        var sent = new TreeMap<>(parameters);
        sent.put("Signature", SignatureV1.signature(SignatureV1.SHA256, "SECRETEXAMPLE",
                SignatureV1.stringToSign("GET", HOST, parameters)));
        assertThat(refused(receive(form(sent)), "AuthFailure.SignatureFailure").diagnosis().get())
                .isEqualTo("SignatureMethod differs: HmacSHA256 was used, the request says HmacSHA1");
        sent.put("Signature", "a b=");
        assertThat(refused(receive(form(sent)), "AuthFailure.SignatureFailure").diagnosis().get())
                .contains("Signature was not URL-encoded");
    }

    @Test
    void to_string_redacts_values() {
        var call = (Accepted) good();
        assertThat(call + " " + call.parameters()).doesNotContain("Wei", "AKID");
    }
}
