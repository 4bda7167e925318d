package io.cardverification.tencentcloud;

import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Step 1 of the signature: the request as both sides must see it.
 *
 * @param query for GET the raw string after the question mark, never sorted or encoded again; empty for POST
 * @param headers the signed headers: lower-case names to values as signed
 * @param hashedPayload lower-case hex of the SHA-256 of the body's bytes
 */
record CanonicalRequest(String method, String query, SortedMap<String, String> headers, String hashedPayload) {

    /** The only path of the protocol. */
    private static final String URI = "/";
    private static final Pattern VALUE = Pattern
            .compile("(?!.*[0-9]{6})[A-Za-z0-9.:/+\\-\\[\\]]{1,64}(; ?charset=[A-Za-z0-9-]{1,16})?");
    private static final Set<String> PRINTABLE_HEADERS = Set.of("content-type", "host", "x-tc-action");

    String signedHeaders() {
        return String.join(";", headers.keySet());
    }

    /** The block of headers ends in its own line break, so an empty line precedes the signed headers. */
    String text() {
        var text = new StringBuilder(256 + query.length())
                .append(method).append('\n')
                .append(URI).append('\n')
                .append(query).append('\n');
        for (var header : headers.entrySet()) {
            text.append(header.getKey()).append(':').append(header.getValue()).append('\n');
        }
        text.append('\n');
        for (var name : headers.keySet()) {
            text.append(name).append(';');
        }
        text.setLength(text.length() - 1);
        return text.append('\n').append(hashedPayload).toString();
    }

    String hash() {
        return Digests.sha256Hex(text());
    }

    /** Omits each value that may hold personal data or a secret, and hashes of personal data. */
    @Override
    public String toString() {
        var shown = new TreeMap<>(headers);
        shown.replaceAll((name, value) -> PRINTABLE_HEADERS.contains(name) ? redact(value) : "*");
        return "CanonicalRequest[method=" + method + ", query=" + (query.isEmpty() ? "" : "*") + ", headers=" + shown
                + ", hashedPayload=*]";
    }

    /** Returns the value if it looks like a generated one (a media type, a host, an action), otherwise an asterisk. */
    static String redact(String value) {
        return VALUE.matcher(value).matches() ? value : "*";
    }
}
