package io.cardverification.tencentcloud;

import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

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
    private static final Set<String> HARMLESS = Set.of("content-type", "host", "x-tc-action");

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
        return text.append('\n').append(signedHeaders()).append('\n').append(hashedPayload).toString();
    }

    String hash() {
        return Digests.sha256Hex(text());
    }

    /** Without the query, which may hold a person's data, and without headers that may hold a secret. */
    @Override
    public String toString() {
        var shown = new TreeMap<>(headers);
        shown.replaceAll((name, value) -> HARMLESS.contains(name) ? value : "*");
        return "CanonicalRequest[method=" + method + ", query=*, headers=" + shown + ", hashedPayload=" + hashedPayload
                + "]";
    }
}
