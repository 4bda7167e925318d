package io.cardverification.tencentcloud;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The scope of a signing key: one UTC day and one service.
 *
 * @param date such as {@code 2026-11-24}
 * @param service the product's name, {@code faceid}; some SDKs use the first label of the endpoint
 */
record CredentialScope(String date, String service) {

    static final String TERMINATOR = "tc3_request";

    private static final long SECONDS_PER_DAY = 86_400;

    /**
     * The day of the latest call, nearly always today; formatting it costs as much as a hash. Threads: any; the last write
     * wins.
     */
    private static volatile Day latest = Day.of(0);

    private record Day(long epochDay, String date) {

        static Day of(long epochDay) {
            return new Day(epochDay, LocalDate.ofEpochDay(epochDay).toString());
        }
    }

    static CredentialScope at(Instant timestamp, String service) {
        return new CredentialScope(date(timestamp.getEpochSecond()), service);
    }

    /** @return the UTC date of an instant */
    static String date(long epochSecond) {
        var epochDay = Math.floorDiv(epochSecond, SECONDS_PER_DAY);
        var day = latest;
        if (day.epochDay() != epochDay) {
            day = Day.of(epochDay);
            latest = day;
        }
        return day.date();
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
