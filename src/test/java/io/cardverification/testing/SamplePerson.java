package io.cardverification.testing;

/** The person of the documented examples, as bodies of requests to both APIs. */
public final class SamplePerson {

    public static final String BANK_CARD = "6226090210146748";

    private SamplePerson() {
    }

    /** A request to the REST API. */
    public static String json() {
        return json(BANK_CARD);
    }

    /** A request to the REST API with another card. */
    public static String json(String bankCard) {
        return "{\"bankCard\":\"" + bankCard + "\",\"name\":\"Wei Xiaobao\",\"idCard\":\"11204416541220243X\"}";
    }

    /** Parameters of the Tencent Cloud API. */
    public static String parameters() {
        return "{\"IdCard\":\"11204416541220243X\",\"Name\":\"Wei Xiaobao\",\"BankCard\":\"" + BANK_CARD + "\"}";
    }
}
