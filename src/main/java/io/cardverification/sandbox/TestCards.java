package io.cardverification.sandbox;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.cardverification.tencentcloud.ErrorCode;

/**
 * The response of each test card; all other cards pass.
 *
 * <p>
 * {@code 62220000000000nn} is result -nn, {@code 62229000000000nn} the error code at position nn in {@link ErrorCode}. {@code
 * 62228000000000nn} passes, and its response has the fault at position nn of {@linkplain #FAULTS faults}. The API page's two
 * cards get the printed results.
 */
final class TestCards {

    /** By position: result 0, -1, .. -20, in the API page's words. */
    private static final List<String> DESCRIPTIONS = List.of(
            "Authentication passed",
            "Authentication failed",
            "Name verification failed",
            "Identity number error",
            "Incorrect bank card number format",
            "Cardholder information is incorrect",
            "Cardless payment not enabled",
            "Card confiscated",
            "Invalid card number",
            "No corresponding issuing bank for this card",
            "The card is uninitialized or a Sleep Card",
            "Cheat card, card retention",
            "Reported lost",
            "The card has expired.",
            "Restricted card",
            "Exceeded the number of password errors.",
            "Issuer does not support this transaction",
            "Verification Center Service busy",
            "Exceeded verification attempts. Please retry the next day.",
            "The ID number is not currently supported for verification. Currently only support second-generation resident"
                    + " identity card.",
            "Card status exception or card number error");

    /** The faults that affect a response. */
    private static final List<Fault.Kind> FAULTS = List.of(Fault.Kind.RESET_AFTER_BODY, Fault.Kind.NEVER_ANSWER,
            Fault.Kind.TRUNCATE, Fault.Kind.WRONG_CONTENT_TYPE, Fault.Kind.HTTP_500, Fault.Kind.HTTP_502,
            Fault.Kind.SLOW_BYTES);

    /** The API page's "result codes with no charge". */
    private static final Set<Integer> UNCHARGED_RESULTS = Set.of(-2, -3, -4, -17, -18, -19);

    private static final Map<String, SandboxResponse> RESPONSES = responses();

    private TestCards() {
    }

    static SandboxResponse response(String bankCard) {
        return RESPONSES.getOrDefault(bankCard, result(0));
    }

    /** @param code 0 to -20 */
    static SandboxResponse result(int code) {
        return SandboxResponse.result(Integer.toString(code), DESCRIPTIONS.get(-code), !UNCHARGED_RESULTS.contains(code));
    }

    private static Map<String, SandboxResponse> responses() {
        var responses = new HashMap<String, SandboxResponse>();
        responses.put("6226090210146748", result(0));
        responses.put("6225768888888888", result(-1));
        for (var i = 0; i < DESCRIPTIONS.size(); i++) {
            responses.put(String.format(Locale.ROOT, "62220000000000%02d", i), result(-i));
        }
        var codes = ErrorCode.values();
        for (var i = 0; i < codes.length; i++) {
            responses.put(String.format(Locale.ROOT, "62229000000000%02d", i + 1), SandboxResponse.error(codes[i]));
        }
        for (var i = 0; i < FAULTS.size(); i++) {
            responses.put(String.format(Locale.ROOT, "62228000000000%02d", i + 1),
                    result(0).with(new Fault(FAULTS.get(i), null)));
        }
        return Map.copyOf(responses);
    }
}
