package io.cardverification.tencentcloud;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * What a signing key is good for: one UTC day and one service.
 *
 * @param date such as {@code 2026-11-24}
 * @param service the product's name, {@code faceid}; some SDKs put the first label of the endpoint
 */
record CredentialScope(String date, String service) {

    static final String TERMINATOR = "tc3_request";

    static CredentialScope at(Instant timestamp, String service) {
        return new CredentialScope(LocalDate.ofInstant(timestamp, ZoneOffset.UTC).toString(), service);
    }

    static Optional<CredentialScope> parse(String text) {
        var first = text.indexOf('/');
        var second = text.indexOf('/', first + 1);
        return first < 1 || second <= first + 1 || second + 1 + TERMINATOR.length() != text.length()
                || !text.endsWith(TERMINATOR) ? Optional.empty()
                        : Optional.of(new CredentialScope(text.substring(0, first), text.substring(first + 1, second)));
    }

    @Override
    public String toString() {
        return date + "/" + service + "/" + TERMINATOR;
    }
}
