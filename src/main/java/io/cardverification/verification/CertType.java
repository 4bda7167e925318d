package io.cardverification.verification;

/**
 * The type of the document with which the account was opened. The API page supports only 0, the identity card.
 *
 * @param code 0
 */
public record CertType(int code) {

    /** @throws InvalidValueException with the rule */
    public CertType {
        if (code != 0) {
            throw new InvalidValueException("must be 0 (identity card); other document types are not supported");
        }
    }
}
