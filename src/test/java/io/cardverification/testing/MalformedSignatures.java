package io.cardverification.testing;

import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** Every way of not having signed a call to the SDK door. */
public final class MalformedSignatures {

    private static final String AUTHORIZATION = "Authorization";
    private static final Pattern SIGNATURE = Pattern.compile("Signature=.*");

    private MalformedSignatures() {
    }

    /**
     * @param headers of a good call, which are changed
     * @return in what way; {@code another body} is the sender's to do
     */
    public static String spoil(int number, Map<String, String> headers, Random random) {
        var good = headers.getOrDefault(AUTHORIZATION, "");
        var signature = good.substring(good.indexOf("Signature=") + "Signature=".length());
        return switch (number % 14) {
            case 0 -> with(headers, "no signature", null);
            case 1 -> with(headers, "an empty one", SIGNATURE.matcher(good).replaceFirst("Signature="));
            case 2 ->
                with(headers, "one character changed", good.replace(signature, MalformedApiKeys.changed(signature, random)));
            case 3 -> with(headers, "too short", good.substring(0, good.length() - 1 - random.nextInt(60)));
            case 4 -> with(headers, "too long", good + MalformedApiKeys.some(random, 1 + random.nextInt(60)));
            case 5 -> with(headers, "in capitals", good.replace(signature, signature.toUpperCase(Locale.ROOT)));
            case 6 ->
                with(headers, "another SecretId",
                        good.replace("AKIDCALLEREXAMPLE", "AKID" + MalformedApiKeys.some(random, 12)));
            case 7 -> with(headers, "another day", good.replaceFirst("/[0-9-]{10}/", "/2020-01-01/"));
            case 8 -> with(headers, "another algorithm", good.replace("TC3-HMAC-SHA256", "TC3-HMAC-SHA1"));
            case 9 -> with(headers, "an API key", "Bearer " + MalformedApiKeys.VALID);
            case 10 -> other(headers, "another time", "X-TC-Timestamp", number % 4 == 0 ? "0" : "4102444800");
            case 11 -> with(headers, "the sandbox's own key", good.replace("AKIDCALLEREXAMPLE", "AKIDSANDBOXEXAMPLE"));
            case 12 -> with(headers, "noise", MalformedApiKeys.some(random, 1 + random.nextInt(300)));
            default -> "another body";
        };
    }

    private static String with(Map<String, String> headers, String kind, @Nullable String authorization) {
        headers.remove(AUTHORIZATION);
        if (authorization != null) {
            headers.put(AUTHORIZATION, authorization);
        }
        return kind;
    }

    private static String other(Map<String, String> headers, String kind, String name, String value) {
        headers.put(name, value);
        return kind;
    }
}
