package io.cardverification.tencentcloud;

import java.util.Base64;
import java.util.SortedMap;

import org.jspecify.annotations.Nullable;

/**
 * Signature version 1: one HMAC over all parameters, in ASCII order and not URL-encoded.
 *
 * <p>
 * Source: the page "Signature" with its published results, and the traffic of the official SDKs.
 */
final class SignatureV1 {

    /** The {@code SignatureMethod} of HMAC-SHA-256. Any other value, or none, selects HmacSHA1. */
    static final String SHA256 = "HmacSHA256";
    static final String SHA1 = "HmacSHA1";

    private SignatureV1() {
    }

    static String algorithm(@Nullable String signatureMethod) {
        return SHA256.equals(signatureMethod) ? SHA256 : SHA1;
    }

    /**
     * @param host with its port, as all SDKs sign it in this version
     * @param parameters all except {@code Signature}, decoded
     */
    static String stringToSign(String method, String host, SortedMap<String, String> parameters) {
        var text = new StringBuilder(256).append(method).append(host).append("/?");
        parameters.forEach((name, value) -> text.append(name).append('=').append(value).append('&'));
        if (!parameters.isEmpty()) {
            text.setLength(text.length() - 1);
        }
        return text.toString();
    }

    /** Returns the signature in Base64, before URL encoding. */
    static String signature(String algorithm, String secretKey, String stringToSign) {
        return Base64.getEncoder().encodeToString(Digests.hmac(algorithm, Digests.utf8(secretKey), stringToSign));
    }
}
