package io.cardverification.tencentcloud;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * What a signing key is good for: one UTC day and one service.
 *
 * @param service the product's name, {@code faceid}; some SDKs put the first label of the endpoint
 */
record CredentialScope(LocalDate date, String service) {

    static final String TERMINATOR = "tc3_request";

    static CredentialScope at(Instant timestamp, String service) {
        return new CredentialScope(LocalDate.ofInstant(timestamp, ZoneOffset.UTC), service);
    }

    static Optional<CredentialScope> parse(String text) {
        var parts = text.split("/", -1);
        if (parts.length != 3 || parts[1].isEmpty() || !parts[2].equals(TERMINATOR)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new CredentialScope(LocalDate.parse(parts[0]), parts[1]));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return date + "/" + service + "/" + TERMINATOR;
    }
}
