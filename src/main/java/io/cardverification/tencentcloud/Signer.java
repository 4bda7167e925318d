package io.cardverification.tencentcloud;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Signs requests with TC3-HMAC-SHA256. Threads: any. Does not fail for any request that HTTP can carry. */
public final class Signer {

    private final Action action;
    private final Credentials credentials;
    private final SigningKeys signingKeys;

    public Signer(Action action, Credentials credentials) {
        this.action = action;
        this.credentials = credentials;
        this.signingKeys = new SigningKeys(credentials.secretKey());
    }

    /**
     * Returns the headers that make a JSON {@code POST} valid for five minutes from {@code now}.
     *
     * @param host as sent, with the port unless it is the scheme's default
     * @param contentType exactly as sent
     * @param body the bytes as sent
     */
    public Map<String, String> sign(String host, String contentType, byte[] body, Instant now) {
        var signed = new TreeMap<String, String>();
        signed.put("content-type", contentType);
        signed.put("host", host);
        signed.put("x-tc-action", action.name().toLowerCase(Locale.ROOT));
        var canonical = new CanonicalRequest("POST", "", signed, Digests.sha256Hex(body));

        var headers = new LinkedHashMap<String, String>();
        headers.put("Authorization", authorization(canonical, action.service(), now));
        headers.put("X-TC-Action", action.name());
        headers.put("X-TC-Version", action.version());
        headers.put("X-TC-Timestamp", Long.toString(now.getEpochSecond()));
        var token = credentials.token();
        if (token != null) {
            headers.put("X-TC-Token", token);
        }
        return headers;
    }

    /** @param service of the credential scope: the product, or the value of another client that a test imitates */
    String authorization(CanonicalRequest canonical, String service, Instant now) {
        var scope = CredentialScope.at(now, service);
        var stringToSign = new StringToSign(now.getEpochSecond(), scope, canonical.hash());
        var signature = signingKeys.of(scope).signature(stringToSign);
        return new Authorization(credentials.secretId(), scope, canonical.signedHeaders(), signature).header();
    }
}
