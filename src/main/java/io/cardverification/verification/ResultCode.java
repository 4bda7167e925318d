package io.cardverification.verification;

import static io.cardverification.verification.Charge.CHARGED;
import static io.cardverification.verification.Charge.FREE;
import static io.cardverification.verification.ResultCategory.CARD_UNUSABLE;
import static io.cardverification.verification.ResultCategory.INPUT_REJECTED;
import static io.cardverification.verification.ResultCategory.MISMATCH;
import static io.cardverification.verification.ResultCategory.PASSED;
import static io.cardverification.verification.ResultCategory.TRY_LATER;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The 21 results of {@code BankCardVerification}, with the API page's descriptions and its split into charged and free.
 *
 * <p>
 * Not for related actions: the same numbers have other meanings there.
 */
public enum ResultCode {

    AUTHENTICATED("0", CHARGED, PASSED, "Authentication passed"),
    NOT_AUTHENTICATED("-1", CHARGED, MISMATCH, "Authentication failed"),
    NAME_REJECTED("-2", FREE, INPUT_REJECTED, "Name verification failed"),
    ID_NUMBER_ERROR("-3", FREE, INPUT_REJECTED, "Identity number error"),
    CARD_NUMBER_FORMAT("-4", FREE, INPUT_REJECTED, "Incorrect bank card number format"),
    CARDHOLDER_INCORRECT("-5", CHARGED, MISMATCH, "Cardholder information is incorrect"),
    CARDLESS_PAYMENT_OFF("-6", CHARGED, CARD_UNUSABLE, "Cardless payment not enabled"),
    CARD_CONFISCATED("-7", CHARGED, CARD_UNUSABLE, "Card confiscated"),
    CARD_NUMBER_INVALID("-8", CHARGED, CARD_UNUSABLE, "Invalid card number"),
    NO_ISSUING_BANK("-9", CHARGED, CARD_UNUSABLE, "No corresponding issuing bank for this card"),
    CARD_ASLEEP("-10", CHARGED, CARD_UNUSABLE, "The card is uninitialized or a Sleep Card"),
    CARD_RETAINED("-11", CHARGED, CARD_UNUSABLE, "Cheat card, card retention"),
    CARD_LOST("-12", CHARGED, CARD_UNUSABLE, "Reported lost"),
    CARD_EXPIRED("-13", CHARGED, CARD_UNUSABLE, "The card has expired."),
    CARD_RESTRICTED("-14", CHARGED, CARD_UNUSABLE, "Restricted card"),
    PASSWORD_ERRORS("-15", CHARGED, CARD_UNUSABLE, "Exceeded the number of password errors."),
    ISSUER_REFUSES("-16", CHARGED, CARD_UNUSABLE, "Issuer does not support this transaction"),
    CENTER_BUSY("-17", FREE, TRY_LATER, "Verification Center Service busy"),
    ATTEMPTS_EXCEEDED("-18", FREE, TRY_LATER, "Exceeded verification attempts. Please retry the next day."),
    ID_NUMBER_UNSUPPORTED("-19", FREE, INPUT_REJECTED, "The ID number is not currently supported for verification."
            + " Currently only support second-generation resident identity card."),
    CARD_STATUS_EXCEPTION("-20", CHARGED, CARD_UNUSABLE, "Card status exception or card number error");

    private static final Map<String, ResultCode> BY_CODE = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(ResultCode::code, Function.identity()));

    private final String code;
    private final Charge charge;
    private final ResultCategory category;
    private final String description;

    ResultCode(String code, Charge charge, ResultCategory category, String description) {
        this.code = code;
        this.charge = charge;
        this.category = category;
        this.description = description;
    }

    /** Empty if the API page does not list the code; then the charge is unknown. */
    public static Optional<ResultCode> of(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    /** As in the response, {@code "0"} to {@code "-20"}. */
    public String code() {
        return code;
    }

    /** {@link Charge#CHARGED} or {@link Charge#FREE}. */
    public Charge charge() {
        return charge;
    }

    public ResultCategory category() {
        return category;
    }

    /** The API page's English text. */
    public String description() {
        return description;
    }
}
