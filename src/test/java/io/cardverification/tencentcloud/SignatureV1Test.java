package io.cardverification.tencentcloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.cardverification.tencentcloud.AuthenticationResult.Accepted;
import io.cardverification.tencentcloud.AuthenticationResult.Parameters;

class SignatureV1Test extends SignatureV1Fixture {

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
