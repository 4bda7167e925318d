package io.cardverification.tencentcloud;

import java.util.List;
import java.util.Optional;

/**
 * Step 4 of the signature: the {@code Authorization} header.
 *
 * @param signedHeaders lower-case names, joined by semicolons
 * @param signature 64 lower-case hex digits
 */
record Authorization(String secretId, CredentialScope scope, String signedHeaders, String signature) {

    private static final int SIGNATURE_DIGITS = 64;

    /** Parses by hand, because a regular expression costs as much as all hashes of the check. */
    static Optional<Authorization> parse(String header) {
        var first = header.indexOf(',');
        var second = header.indexOf(',', first + 1);
        if (first < 0 || second < 0 || !header.startsWith(StringToSign.ALGORITHM + " ")) {
            return Optional.empty();
        }
        var credential = value(header, StringToSign.ALGORITHM.length(), first, "Credential=");
        var signedHeaders = value(header, first + 1, second, "SignedHeaders=");
        var signature = value(header, second + 1, header.length(), "Signature=");
        var slash = credential.indexOf('/');
        if (slash < 1 || signedHeaders.isEmpty() || !isSignature(signature)) {
            return Optional.empty();
        }
        return CredentialScope.parse(credential.substring(slash + 1))
                .map(scope -> new Authorization(credential.substring(0, slash), scope, signedHeaders, signature));
    }

    /** Returns the value without surrounding spaces, or an empty string if the part has another name. */
    private static String value(String header, int from, int to, String name) {
        var start = from;
        var end = to;
        while (start < end && header.charAt(start) == ' ') {
            start++;
        }
        while (start < end && header.charAt(end - 1) == ' ') {
            end--;
        }
        var value = start + name.length();
        return value <= end && header.startsWith(name, start) ? header.substring(value, end) : "";
    }

    private static boolean isSignature(String text) {
        for (var i = 0; i < text.length(); i++) {
            var digit = text.charAt(i);
            if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
                return false;
            }
        }
        return text.length() == SIGNATURE_DIGITS;
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
