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
 * A request as it was received.
 *
 * @param query the raw string behind the question mark, or empty
 * @param headers by lower-case name, values as received
 * @param body the raw bytes; treated as immutable
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; copying every body would be the price of a defence nobody needs
public record ReceivedRequest(String method, String query, Map<String, String> headers, byte[] body) {

    private static final int KIB = 1024;
    private static final String LANGUAGE = "Language=";

    /**
     * The head, before a body.
     *
     * @param authority host and port, for HTTP/2, which has no Host header
     * @param query null where there is none
     * @param headers where a name comes twice, the first counts
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

    /**
     * The language that its sender asks for: {@code X-TC-Language}, or version 1's {@code Language}; empty if it has none.
     */
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

    /** Where no rule of version 3 is claimed, version 1 is: it has all in the query or in a form. */
    boolean usesSignatureV3() {
        return headers.containsKey("authorization") || headers.containsKey("x-tc-action") || !(isGet() || hasForm());
    }

    private boolean hasForm() {
        return header("content-type").orElse("").strip().toLowerCase(Locale.ROOT)
                .startsWith("application/x-www-form-urlencoded");
    }

    /** How many bytes are hashed anew for each host that may have been signed; of a body by version 3 there is one hash. */
    int signedBytes() {
        return query.length() + (usesSignatureV3() ? 0 : body.length);
    }

    /** "GET at most 32 KB" of the whole address, says the page "Request Structure", which calls 1024 bytes a KB. */
    boolean hasTooLongTarget() {
        return isGet() && query.length() + "/?".length() > 32 * KIB;
    }

    /** "POST at most 10 MB" with signature version 3, "at most 1 MB" with version 1, says the same page. */
    public int maxBodyBytes() {
        return usesSignatureV3() ? 10 * KIB * KIB : KIB * KIB;
    }

    @Override
    public String toString() {
        return "ReceivedRequest[*]";
    }
}
