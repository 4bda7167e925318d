package io.cardverification.verification;

/**
 * Which characters of a name cannot be seen, or were destroyed on the way. Threads: stateless.
 *
 * <p>
 * Source: Unicode's property Default_Ignorable_Code_Point (DerivedCoreProperties.txt, the same from Unicode 13 to 16), which
 * covers reserved code points, too. Java knows the property neither by {@link Character} nor in regular expressions.
 */
final class NameCharacters {

    /** First and last code point of each range. */
    private static final int[] DEFAULT_IGNORABLE = { 0xad, 0xad, 0x34f, 0x34f, 0x61c, 0x61c, 0x115f, 0x1160, 0x17b4, 0x17b5,
            0x180b, 0x180f, 0x200b, 0x200f, 0x202a, 0x202e, 0x2060, 0x206f, 0x3164, 0x3164, 0xfe00, 0xfe0f, 0xfeff, 0xfeff,
            0xffa0, 0xffa0, 0xfff0, 0xfff8, 0x1bca0, 0x1bca3, 0x1d173, 0x1d17a, 0xe0000, 0xe0fff };

    /** Blank, though Unicode calls them symbols and marks: Braille, a note without a head, the Khitan filler. */
    private static final String BLANK = "\u2800\ud834\udd59\ud81b\udfe4";

    private static final int OBJECT_REPLACEMENT = 0xfffc;
    private static final int REPLACEMENT = 0xfffd;

    private NameCharacters() {
    }

    static boolean isInvisible(int codePoint) {
        return BLANK.indexOf(codePoint) >= 0 || isDefaultIgnorable(codePoint) || switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static boolean isDefaultIgnorable(int codePoint) {
        for (var i = 0; i < DEFAULT_IGNORABLE.length && codePoint >= DEFAULT_IGNORABLE[i]; i += 2) {
            if (codePoint <= DEFAULT_IGNORABLE[i + 1]) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a variation selector chooses a form of the ideograph before it, as rare names need: the standardized ones of
     * compatibility ideographs (U+FE00 to U+FE02) and those of the Ideographic Variation Database (U+E0100 to U+E01EF).
     */
    static boolean isVariant(int before, int selector) {
        return Character.isIdeographic(before)
                && ((selector >= 0xfe00 && selector <= 0xfe02) || (selector >= 0xe0100 && selector <= 0xe01ef));
    }

    static boolean isDamaged(int codePoint) {
        return codePoint == REPLACEMENT || codePoint == OBJECT_REPLACEMENT
                || Character.getType(codePoint) == Character.SURROGATE || isNoncharacter(codePoint);
    }

    /** The last two code points of each plane, and 32 in the first. */
    private static boolean isNoncharacter(int codePoint) {
        return (codePoint & 0xfffe) == 0xfffe || (codePoint >= 0xfdd0 && codePoint <= 0xfdef);
    }
}
