package io.cardverification.verification;

import io.cardverification.label.KebabCase;

/** The meaning of a result for a program: one of five values instead of 21 codes. */
public enum ResultCategory {

    /** Card, name and ID number belong together. */
    PASSED,
    /** They do not belong together. The same values cost again and have the same result. */
    MISMATCH,
    /** The card cannot be used or verified; another card may be. */
    CARD_UNUSABLE,
    /** A value was rejected before the bank was asked; the caller must correct it. */
    INPUT_REJECTED,
    /** Nothing was decided; the caller may try again later. */
    TRY_LATER;

    /** As in responses, such as {@code card-unusable}. */
    public String label() {
        return KebabCase.of(this);
    }
}
