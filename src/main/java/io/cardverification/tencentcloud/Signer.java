package io.cardverification.tencentcloud;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Signs JSON POST requests with TC3-HMAC-SHA256. Threads: any. Never fails for a request that can be sent at all. */
public final class Signer {

    private final Credentials credentials;
    private final String service;
    private final SigningKeys signingKeys;

    /** @param service of the credential scope; must fit the endpoint, {@code faceid} for {@code faceid.*} */
    public Signer(Credentials credentials, String service) {
        this.credentials = credentials;
        this.service = service;
        this.signingKeys = new SigningKeys(credentials.secretKey());
    }

    /**
     * The headers that make the request good for five minutes from {@code now}.
     *
     * @param host as it goes out, with the port unless it is the scheme's own
     * @param contentType as it goes out, to the letter
     * @param body the bytes that go out
     */
    public Map<String, String> sign(Action action, String host, String contentType, byte[] body, Instant now) {
        var signed = new TreeMap<String, String>();
        signed.put("content-type", contentType);
        signed.put("host", host);
        signed.put("x-tc-action", action.name().toLowerCase(Locale.ROOT));
        var canonical = new CanonicalRequest("POST", "", signed, Digests.sha256Hex(body));

        var scope = CredentialScope.at(now, service);
        var stringToSign = new StringToSign(now.getEpochSecond(), scope, canonical.hash());
        var signature = signingKeys.of(scope).signature(stringToSign);
        var authorization = new Authorization(credentials.secretId(), scope, canonical.signedHeaders(), signature);

        var headers = new LinkedHashMap<String, String>();
        headers.put("Authorization", authorization.header());
        headers.put("X-TC-Action", action.name());
        headers.put("X-TC-Version", action.version());
        headers.put("X-TC-Timestamp", Long.toString(now.getEpochSecond()));
        var token = credentials.token();
        if (token != null) {
            headers.put("X-TC-Token", token);
        }
        return headers;
    }
}
