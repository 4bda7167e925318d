package io.cardverification.tencentcloud;

/**
 * An API operation, by name and version.
 *
 * @param service the product, as the first label of its domain names and in credential scopes
 */
public record Action(String service, String name, String version) {

    /** The operation that this project calls, as the API page defines it. */
    public static final Action BANK_CARD_VERIFICATION = new Action("faceid", "BankCardVerification", "2018-03-01");
}
