package io.cardverification.verification;

import java.util.Locale;

/**
 * What one verification cost, as far as it can be known.
 *
 * <p>
 * {@link ResultCode} has the API page's split of results, {@code upstream}'s {@code Endings} decides all the rest.
 */
public enum Charge {

    /** Nothing left the gateway. */
    NOT_SENT("false"),
    /** The upstream answered, and the API page lists the answer without charge (an error envelope has no result at all). */
    FREE("false"),
    /** The upstream answered with a result that the API page lists with charge. */
    CHARGED("true"),
    /** It was sent and no usable answer came: it may have been charged. Never sent again unasked. */
    UNKNOWN("unknown");

    private final String told;

    Charge(String told) {
        this.told = told;
    }

    /** For metrics and the ledger: {@code not-sent}, {@code free}, {@code charged} or {@code unknown}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** As callers are told: {@code true}, {@code false} or {@code unknown}. */
    @Override
    public String toString() {
        return told;
    }
}
