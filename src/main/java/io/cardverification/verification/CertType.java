package io.cardverification.verification;

/**
 * The kind of document that the account was opened with. The API page supports 0 only, the identity card.
 *
 * @param code 0
 */
public record CertType(int code) {

    /** @throws MalformedValue naming the rule */
    public CertType {
        if (code != 0) {
            throw new MalformedValue("must be 0 (identity card); other document types are not supported");
        }
    }
}
