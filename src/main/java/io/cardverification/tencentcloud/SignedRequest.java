package io.cardverification.tencentcloud;

import java.util.Map;
import java.util.Optional;

/**
 * A request as it was received, for {@link SignatureCheck}.
 *
 * @param query the raw string behind the question mark, or empty
 * @param headers by lower-case name, values as received
 * @param body the raw bytes; treated as immutable
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; copying every body would be the price of a defence nobody needs
public record SignedRequest(String method, String query, Map<String, String> headers, byte[] body) {

    Optional<String> header(String lowerCaseName) {
        return Optional.ofNullable(headers.get(lowerCaseName));
    }

    @Override
    public String toString() {
        return "SignedRequest[*]";
    }
}
