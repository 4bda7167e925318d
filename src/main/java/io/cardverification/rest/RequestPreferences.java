package io.cardverification.rest;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import io.cardverification.http.Directives;
import io.cardverification.http.StructuredField;
import io.cardverification.verification.Lane;

/**
 * The priority and the maximum wait of a request, from two standard headers.
 *
 * <p>
 * The standards require that unknown values are ignored. A header that does not parse is ignored as a whole.
 */
final class RequestPreferences {

    private static final int FIRST_BATCH_URGENCY = 4;
    private static final int LAST_URGENCY = 7;

    /** Nine digits are 31 years. */
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    private RequestPreferences() {
    }

    /**
     * RFC 9218: a dictionary with {@code u}, an integer from 0 to 7, by default 3.
     *
     * @param headers every value of {@code Priority}
     * @return empty without a valid {@code u}
     */
    static Optional<Lane> lane(List<String> headers) {
        return StructuredField.dictionary(headers).map(priority -> priority.get("u"))
                .filter(urgency -> urgency instanceof Long).map(Long.class::cast)
                .filter(urgency -> urgency >= 0 && urgency <= LAST_URGENCY)
                .map(urgency -> urgency < FIRST_BATCH_URGENCY ? Lane.INTERACTIVE : Lane.BATCH);
    }

    /**
     * RFC 7240: {@code wait}, in whole seconds. The first one counts.
     *
     * @param headers every value of {@code Prefer}
     */
    static Optional<Duration> maxWait(List<String> headers) {
        return Optional.ofNullable(Directives.ofPrefer(headers).get("wait")).filter(SECONDS.asMatchPredicate())
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
    }
}
