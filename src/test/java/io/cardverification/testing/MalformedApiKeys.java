package io.cardverification.testing;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;

/** Every way of not having a valid key to the front door. */
public final class MalformedApiKeys {

    public static final String VALID = KnownCallers.EXAMPLE;

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    private static final int KEY_LENGTH = 43;

    /**
     * @param query behind the path, or nothing
     * @param lines header lines, each with its end, in ISO 8859-1
     */
    public record Variant(String name, String query, Function<Random, String> lines) {

        public String headers(Random random) {
            return lines.apply(random);
        }
    }

    public static final List<Variant> KINDS = List.of(
            kind("no header", random -> ""),
            kind("an empty value", random -> line("")),
            kind("no key", random -> line("Bearer")),
            kind("no scheme", random -> line(VALID)),
            kind("no space", random -> line("Bearer" + VALID)),
            kind("a tab for the space", random -> line("Bearer\t" + VALID)),
            kind("another scheme",
                    random -> line(pick(random, "Basic", "Digest", "Token", "ApiKey", "Negotiate") + " " + VALID)),
            kind("basic", random -> line("Basic " + base64("shop:" + VALID))),
            kind("one character changed", random -> line("Bearer " + changed(VALID, random))),
            kind("one character's case changed", random -> line("Bearer " + otherCase(VALID, random))),
            kind("too short", random -> line("Bearer " + VALID.substring(0, random.nextInt(VALID.length())))),
            kind("too long", random -> line("Bearer " + VALID + some(random, 1 + random.nextInt(100)))),
            kind("much too long", random -> line("Bearer " + some(random, 4_000))),
            kind("another key", random -> line("Bearer cvg_" + some(random, KEY_LENGTH))),
            kind("another prefix", random -> line("Bearer " + some(random, 3) + "_" + VALID.substring(4))),
            kind("the hash", random -> line("Bearer " + Sha256.hex(VALID))),
            kind("the hash behind the prefix", random -> line("Bearer cvg_" + Sha256.hex(VALID).substring(0, KEY_LENGTH))),
            kind("in quotation marks", random -> line("Bearer \"" + VALID + "\"")),
            kind("with a parameter", random -> line("Bearer " + VALID + pick(random, ";", ",", "; a=b", ", Bearer x", "==x"))),
            kind("a space within", random -> line("Bearer " + inserted(VALID, " ", random))),
            kind("percent-encoded", random -> line("Bearer " + VALID.replace("_", "%5F"))),
            kind("letters that look alike", random -> line("Bearer " + VALID.replace("A", utf8("\u0410")))),
            kind("an invisible character", random -> line("Bearer " + inserted(VALID, utf8("\u200b"), random))),
            kind("a byte that is no text", random -> line("Bearer " + inserted(VALID, "\u0080", random))),
            kind("a null byte", random -> line("Bearer " + inserted(VALID, "\u0000", random))),
            kind("in base64", random -> line("Bearer " + base64(VALID))),
            kind("twice in a line", random -> line("Bearer " + VALID + ", Bearer " + VALID)),
            kind("two lines", random -> line("Bearer " + VALID) + line("Bearer " + VALID)),
            kind("a wrong line before", random -> line("Bearer " + changed(VALID, random)) + line("Bearer " + VALID)),
            kind("an empty line behind", random -> line("Bearer " + VALID) + line("")),
            kind("in another header", random -> pick(random, "X-Api-Key", "Proxy-Authorization", "X-Authorization", "Cookie",
                    "X-Forwarded-Authorization", "Authentication") + ": Bearer " + VALID + "\r\n"),
            kind("in a cookie", random -> "Cookie: access_token=" + VALID + "\r\n"),
            new Variant("in the query", "?access_token=" + VALID, random -> ""),
            kind("an SDK's signature",
                    random -> line("TC3-HMAC-SHA256 Credential=AKIDCALLEREXAMPLE/2026-11-24/faceid/tc3_request,"
                            + " SignedHeaders=content-type;host, Signature=" + Sha256.hex(some(random, 9)))),
            kind("noise", random -> line(some(random, 1 + random.nextInt(200)))),
            kind("any bytes", random -> line("Bearer " + bytes(random))));

    private MalformedApiKeys() {
    }

    private static Variant kind(String name, Function<Random, String> lines) {
        return new Variant(name, "", lines);
    }

    private static String line(String value) {
        return "Authorization: " + value + "\r\n";
    }

    private static String pick(Random random, String... some) {
        return some[random.nextInt(some.length)];
    }

    public static String some(Random random, int length) {
        var text = new StringBuilder();
        for (var i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /** What an HTTP server may read at all: no control characters. */
    private static String bytes(Random random) {
        var text = new StringBuilder();
        for (var i = random.nextInt(100); i >= 0; i--) {
            text.append((char) (33 + random.nextInt(94) + (random.nextBoolean() ? 128 : 0)));
        }
        return text.toString();
    }

    public static String changed(String text, Random random) {
        var at = random.nextInt(text.length());
        var other = text.charAt(at);
        while (other == text.charAt(at)) {
            other = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
        }
        return text.substring(0, at) + other + text.substring(at + 1);
    }

    private static String otherCase(String text, Random random) {
        int at;
        do {
            at = random.nextInt(text.length());
        } while (!Character.isLetter(text.charAt(at)));
        var letter = text.substring(at, at + 1);
        var lower = letter.toLowerCase(Locale.ROOT);
        return text.substring(0, at) + (letter.equals(lower) ? letter.toUpperCase(Locale.ROOT) : lower)
                + text.substring(at + 1);
    }

    private static String inserted(String text, String what, Random random) {
        var at = 1 + random.nextInt(text.length() - 1);
        return text.substring(0, at) + what + text.substring(at);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** As the bytes that a client sends, each a character. */
    private static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
