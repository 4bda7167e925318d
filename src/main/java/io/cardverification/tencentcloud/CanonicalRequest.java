package io.cardverification.tencentcloud;

import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Step 1 of the signature: the request as both sides must see it.
 *
 * @param query the raw string behind the question mark for GET, never sorted or encoded anew; empty for POST
 * @param headers what is signed, lower-case names to values as they are signed
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

    /** The headers' block ends in a line break of its own, so an empty line stands before the signed headers. */
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

    /** Without what may hold a person's data or a secret, a hash of a person's data included. */
    @Override
    public String toString() {
        var shown = new TreeMap<>(headers);
        shown.replaceAll((name, value) -> PRINTABLE_HEADERS.contains(name) ? redact(value) : "*");
        return "CanonicalRequest[method=" + method + ", query=" + (query.isEmpty() ? "" : "*") + ", headers=" + shown
                + ", hashedPayload=*]";
    }

    /** A value as clients make them by themselves: a media type, a host, an action. */
    static String redact(String value) {
        return VALUE.matcher(value).matches() ? value : "*";
    }
}
