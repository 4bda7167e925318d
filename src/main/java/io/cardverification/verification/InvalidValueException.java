package io.cardverification.verification;

/** A value breaks the rule of its type. The message is the rule and never contains the value. */
public final class InvalidValueException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    public InvalidValueException(String rule) {
        super(rule);
    }

    /** The rule, to follow the name of the field: {@code must be 18 characters: ..}. */
    public String rule() {
        return String.valueOf(getMessage());
    }
}
