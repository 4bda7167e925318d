package io.cardverification.tencentcloud;

/**
 * What is called: an API by name and version.
 *
 * @param service the product, as the first label of its domain names and in credential scopes
 */
public record Action(String service, String name, String version) {

    /** The API that this project is about, as its page gives it. */
    public static final Action BANK_CARD_VERIFICATION = new Action("faceid", "BankCardVerification", "2018-03-01");
}
