package io.cardverification.verification;

import io.cardverification.label.KebabCase;

/**
 * The charge of one verification, as far as the gateway knows it.
 *
 * <p>
 * {@link ResultCode} has the API page's split of results. {@code ResponseClassifier} in {@code upstream} decides all other
 * cases.
 */
public enum Charge {

    /** Nothing left the gateway. */
    NOT_SENT("false"),
    /** The API page lists the response without charge; an error response has no result and no charge. */
    FREE("false"),
    /** The API page lists the result with charge. */
    CHARGED("true"),
    /**
     * The request was sent, and no valid response came. It may have been charged, so the gateway does not repeat it by default.
     */
    UNKNOWN("unknown");

    private final String text;

    Charge(String text) {
        this.text = text;
    }

    /** For metrics and the ledger: {@code not-sent}, {@code free}, {@code charged} or {@code unknown}. */
    public String label() {
        return KebabCase.of(this);
    }

    /** As in responses to callers: {@code true}, {@code false} or {@code unknown}. */
    @Override
    public String toString() {
        return text;
    }
}
