package io.cardverification.tencentcloud;

/** What is called: an API by name and version. */
public record Action(String name, String version) {

    /** The API that this project is about, as its page gives it. */
    public static final Action BANK_CARD_VERIFICATION = new Action("BankCardVerification", "2018-03-01");
}
