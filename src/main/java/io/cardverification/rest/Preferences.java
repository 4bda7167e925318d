package io.cardverification.rest;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.cardverification.verification.Lane;

/**
 * What a request says of its urgency, its patience and the age of answers, by three standard headers.
 *
 * <p>
 * What is not understood is ignored, as the standards have it.
 */
final class Preferences {

    private static final int FIRST_BATCH_URGENCY = 4;
    private static final Pattern MEMBERS = Pattern.compile(",");

    /** RFC 9218: a dictionary, of which {@code u} is an integer from 0 to 7, 3 where absent. */
    private static final Pattern URGENCY = Pattern.compile("[ \t]*u=([0-7])[ \t]*(;.*)?");

    /** RFC 7240: {@code wait}, in whole seconds. The first one counts. Nine digits are 31 years. */
    private static final Pattern WAIT = Pattern.compile("[ \t]*wait[ \t]*=[ \t]*\"?([0-9]{1,9})\"?[ \t]*(;.*)?");

    /** RFC 9111. */
    private static final Pattern NO_CACHE = Pattern.compile("[ \t]*(no-cache)[ \t]*");

    private Preferences() {
    }

    /**
     * @param headers every value of {@code Priority}
     * @return empty where they do not say
     */
    static Optional<Lane> lane(List<String> headers) {
        return matches(headers, URGENCY).reduce((first, second) -> second)
                .map(urgency -> urgency < FIRST_BATCH_URGENCY ? Lane.INTERACTIVE : Lane.BATCH);
    }

    /** @param headers every value of {@code Prefer} */
    static Optional<Duration> maxWait(List<String> headers) {
        return matches(headers, WAIT).findFirst().map(seconds -> Duration.ofSeconds(seconds));
    }

    /** @param headers every value of {@code Cache-Control} */
    static boolean isFresh(List<String> headers) {
        return members(headers, NO_CACHE).findAny().isPresent();
    }

    private static Stream<Integer> matches(List<String> headers, Pattern member) {
        return members(headers, member).map(Integer::valueOf);
    }

    private static Stream<String> members(List<String> headers, Pattern member) {
        return headers.stream()
                .flatMap(header -> MEMBERS.splitAsStream(header.toLowerCase(Locale.ROOT)))
                .map(member::matcher)
                .filter(Matcher::matches)
                .map(match -> match.group(1));
    }
}
