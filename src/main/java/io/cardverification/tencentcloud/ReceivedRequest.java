package io.cardverification.tencentcloud;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A request as received.
 *
 * @param query the raw string after the question mark, or empty
 * @param headers by lower-case name, values as received
 * @param body the raw bytes; treated as immutable
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a defensive copy of each body would cost more than it protects
public record ReceivedRequest(String method, String query, Map<String, String> headers, byte[] body) {

    private static final int KIB = 1024;
    private static final String LANGUAGE = "Language=";

    /**
     * Creates a request without a body.
     *
     * @param authority host and port of an HTTP/2 request, which has no Host header
     * @param query null if there is none
     * @param headers the first of several values counts
     */
    public static ReceivedRequest head(String method, @Nullable Object authority, @Nullable String query,
            Iterable<Map.Entry<String, String>> headers) {
        var byLowerCase = new HashMap<String, String>();
        headers.forEach(header -> byLowerCase.putIfAbsent(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        if (authority != null) {
            byLowerCase.putIfAbsent("host", authority.toString());
        }
        return new ReceivedRequest(method, query == null ? "" : query, byLowerCase, new byte[0]);
    }

    public ReceivedRequest withBody(byte[] body) {
        return new ReceivedRequest(method, query, headers, body);
    }

    /** Returns the requested language: {@code X-TC-Language}, or {@code Language} in version 1; empty if absent. */
    public String language() {
        return header("x-tc-language").orElseGet(() -> pairs().filter(pair -> pair.startsWith(LANGUAGE)).findFirst()
                .map(pair -> pair.substring(LANGUAGE.length())).orElse(""));
    }

    private Stream<String> pairs() {
        return usesSignatureV3() ? Stream.empty()
                : Arrays.stream((isGet() ? query : new String(body, StandardCharsets.ISO_8859_1)).split("&", -1));
    }

    Optional<String> header(String lowerCaseName) {
        return Optional.ofNullable(headers.get(lowerCaseName));
    }

    boolean isGet() {
        return method.equals("GET");
    }

    /** A request without any mark of version 3 is version 1, which has all parameters in the query or in a form. */
    boolean usesSignatureV3() {
        return headers.containsKey("authorization") || headers.containsKey("x-tc-action") || !(isGet() || hasForm());
    }

    private boolean hasForm() {
        return header("content-type").orElse("").strip().toLowerCase(Locale.ROOT)
                .startsWith("application/x-www-form-urlencoded");
    }

    /** The number of bytes to hash again for each candidate host. Version 3 hashes the body once for all hosts. */
    int signedBytes() {
        return query.length() + (usesSignatureV3() ? 0 : body.length);
    }

    /** The page "Request Structure" allows "GET at most 32 KB" for the whole address and calls 1024 bytes a KB. */
    boolean hasTooLongTarget() {
        return isGet() && query.length() + "/?".length() > 32 * KIB;
    }

    /** The same page allows "POST at most 10 MB" with signature version 3, and "at most 1 MB" with version 1. */
    public int maxBodyBytes() {
        return usesSignatureV3() ? 10 * KIB * KIB : KIB * KIB;
    }

    @Override
    public String toString() {
        return "ReceivedRequest[*]";
    }
}
