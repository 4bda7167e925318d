package io.cardverification.chaos;

/**
 * One question of a run, unlike any other.
 *
 * @param isKeyed whether it is asked by one caller, with an idempotency key, until it is answered
 */
record Question(int number, String card, String name, String idCard, boolean isKeyed) {

    String json() {
        return "{\"bankCard\":\"%s\",\"name\":\"%s\",\"idCard\":\"%s\"}".formatted(card, name, idCard);
    }

    String parameters() {
        return "{\"BankCard\":\"%s\",\"Name\":\"%s\",\"IdCard\":\"%s\"}".formatted(card, name, idCard);
    }
}
