package io.cardverification.verification;

/** What a result means for the program that asked: one word to branch on instead of 21 codes. */
public enum Outcome {

    /** Card, name and ID number belong together. */
    PASSED("passed"),
    /** They do not belong together; asking again with the same values costs again and changes nothing. */
    MISMATCH("mismatch"),
    /** The card itself cannot be used or verified; another card may be. */
    CARD_UNUSABLE("card-unusable"),
    /** A value was refused before the bank was asked; correct it. */
    INPUT_REJECTED("input-rejected"),
    /** Nothing was decided; ask again later. */
    TRY_LATER("try-later");

    private final String text;

    Outcome(String text) {
        this.text = text;
    }

    /** The word as it stands in answers. */
    @Override
    public String toString() {
        return text;
    }
}
