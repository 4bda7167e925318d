package io.cardverification.tencentcloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.cardverification.tencentcloud.AuthenticationResult.Rejected;

/** A request with a signature of version 1. */
abstract class SignatureV1Fixture {

    static final Instant NOW = Instant.ofEpochSecond(1700000000);
    static final String HOST = "faceid.intl.tencentcloudapi.com";
    static final String PUBLISHED = "GETcvm.tencentcloudapi.com/?Action=DescribeInstances&InstanceIds.0=ins-09dx96dg"
            + "&Limit=20&Nonce=11886&Offset=0&Region=ap-guangzhou&SecretId=%s&Timestamp=1465185768&Version=2017-03-12";

    final RequestAuthenticator authenticator = new RequestAuthenticator(Action.BANK_CARD_VERIFICATION,
            List.of(new Credentials("AKIDEXAMPLE", "SECRETEXAMPLE", null)));
    final TreeMap<String, String> parameters = new TreeMap<>(Map.of("Action", "BankCardVerification", "BankCard",
            "6226090210146748", "IdCard", "11204416541220243X", "Name", "Wei Xiaobao", "Nonce", "11886", "SecretId",
            "AKIDEXAMPLE", "Timestamp", "1700000000", "Version", "2018-03-01"));

    String signature(String method) {
        return SignatureV1.signature(SignatureV1.algorithm(parameters.get("SignatureMethod")), "SECRETEXAMPLE",
                SignatureV1.stringToSign(method, HOST, parameters));
    }

    static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    AuthenticationResult receive(String query) {
        return authenticator.authenticate(new ReceivedRequest("GET", query, Map.of("host", HOST), new byte[0]), NOW);
    }

    AuthenticationResult signed(String stringToSign) {
        var sent = new TreeMap<>(parameters);
        sent.put("Signature", SignatureV1.signature(SignatureV1.SHA1, "SECRETEXAMPLE", stringToSign));
        return receive(form(sent));
    }

    Rejected refused(AuthenticationResult receipt, String code) {
        assertThat(receipt).isInstanceOf(Rejected.class);
        var refusal = (Rejected) receipt;
        assertThat(refusal.code().code()).isEqualTo(code);
        assertThat(refusal.message() + refusal.diagnosis().get()).doesNotContain("Wei", "6226", "1120", "SECRETEXAMPLE");
        return refusal;
    }

    AuthenticationResult good() {
        var sent = new TreeMap<>(parameters);
        sent.put("Signature", signature("GET"));
        return receive(form(sent));
    }
}
