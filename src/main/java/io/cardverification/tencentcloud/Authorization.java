package io.cardverification.tencentcloud;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Step 4 of the signature: the {@code Authorization} header.
 *
 * @param signedHeaders lower-case names, joined by semicolons
 */
record Authorization(String secretId, CredentialScope scope, String signedHeaders, String signature) {

    private static final Pattern HEADER = Pattern.compile(StringToSign.ALGORITHM
            + " +Credential=([^/,\\s]+)/([^,\\s]+) *, *SignedHeaders=([^,\\s]+) *, *Signature=([0-9a-f]{64})\\s*");

    static Optional<Authorization> parse(String header) {
        var matcher = HEADER.matcher(header);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return CredentialScope.parse(matcher.group(2))
                .map(scope -> new Authorization(matcher.group(1), scope, matcher.group(3), matcher.group(4)));
    }

    List<String> signedHeaderNames() {
        return List.of(signedHeaders.split(";", -1));
    }

    String header() {
        return StringToSign.ALGORITHM + " Credential=" + secretId + "/" + scope + ", SignedHeaders=" + signedHeaders
                + ", Signature=" + signature;
    }

    @Override
    public String toString() {
        return "Authorization[*]";
    }
}
