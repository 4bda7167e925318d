package io.cardverification.verification;

/** A value breaks the rule of its kind. The message is the rule; the value itself is never part of it. */
public final class MalformedValue extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    public MalformedValue(String rule) {
        super(rule);
    }

    /** What the value must be, to be put behind the field's name: {@code must be 18 characters: ..}. */
    public String rule() {
        return String.valueOf(getMessage());
    }
}
