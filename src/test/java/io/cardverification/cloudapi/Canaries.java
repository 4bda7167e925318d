package io.cardverification.cloudapi;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Searches for secret values in every encoding in which a component could write them. Threads: any. */
final class Canaries {

    static final String NAME = "Xochiquetzalcuicacoyotl Zz";
    static final String ID = "360781199003071239";
    static final String CARD = "6217580200004455667";
    static final String WRONG_SECRET = "WRONGSECRETCANARYWRONGSECRET";

    private static final List<String> VALUES = List.of(NAME, ID, CARD, WRONG_SECRET,
            "cvg_EXAMPLE_OPENS_THE_SANDBOX_AND_NOTHING_ELSE_",
            "WRONGCANARYWRONGCANARY", "RIGHTCANARYRIGHTCANARY", "CALLEREXAMPLEKEY", "SANDBOXEXAMPLEKEY");

    /** Long enough to be unique. Hexadecimal dumps split the name into lines. */
    private static final int PIECE = 7;

    private static final List<String> FORMS = Stream.of(VALUES.stream().flatMap(Canaries::forms),
            IntStream.rangeClosed(0, 23 - PIECE).mapToObj(at -> NAME.substring(at, at + PIECE)).flatMap(Canaries::inBytes),
            Stream.of("6222000000", "6222900000", "6222800000").map(prefix -> prefix + "0000"))
            .flatMap(each -> each).map(form -> form.toLowerCase(Locale.ROOT)).distinct().toList();

    private final Map<String, String> found = new ConcurrentSkipListMap<>();

    private static Stream<String> forms(String value) {
        return Stream.concat(inBytes(value), Stream.of(URLEncoder.encode(value, StandardCharsets.UTF_8),
                value.replace(" ", "%20"), new StringBuilder(value).reverse().toString()));
    }

    /** A value has three forms in Base64, one for each offset. */
    private static Stream<String> inBytes(String value) {
        var bytes = value.getBytes(StandardCharsets.UTF_8);
        var base64 = IntStream.range(0, 3).mapToObj(skipped -> Base64.getEncoder().withoutPadding()
                .encodeToString(Arrays.copyOfRange(bytes, skipped, skipped + (bytes.length - skipped) / 3 * 3)));
        return Stream.of(Stream.of(value, HexFormat.of().formatHex(bytes), HexFormat.ofDelimiter(" ").formatHex(bytes)), base64)
                .flatMap(each -> each).filter(form -> form.length() >= PIECE);
    }

    void lookFor(String where, String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        for (var form : FORMS) {
            if (lower.contains(form)) {
                found.putIfAbsent(where + " has " + form, around(text, lower.indexOf(form)));
            }
        }
    }

    private static String around(String text, int at) {
        return text.substring(Math.max(0, at - 150), Math.min(text.length(), at + 80));
    }

    /** The place of one hit for each kind of text. */
    Map<String, String> found() {
        return found;
    }
}
