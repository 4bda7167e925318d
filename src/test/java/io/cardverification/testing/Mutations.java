package io.cardverification.testing;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

import io.cardverification.tencentcloud.Action;
import io.cardverification.tencentcloud.Credentials;
import io.cardverification.tencentcloud.Signer;

/**
 * Requests that were good before something happened to their headers, query, body or encodings. Their framing stays right, so
 * that each is owed an answer. Threads: one.
 */
public final class Mutations {

    /** Must never come back, nor be logged. */
    public static final List<String> CANARIES = List.of("6226097316459028", "Kanarien Vogel", "11010119730826731X");

    private static final List<String> MORE = List.of("", "", "", ",\"%s\":0", ",\"%s\":null",
            ",\"%s\":{\"EncryptList\":[\"Name\"],\"Iv\":\"AAAA\",\"CiphertextBlob\":\"AAAA\"}",
            ",\"%s\":{\"EncryptList\":[],\"TagList\":null}", ",\"%s\":[[[[1]]]]");
    private static final List<String> SPICE = List.of("\"", "\\", "{", "}", "[", "]", ":", ",", "null", "true", "1e999",
            "-0.0", "\u0000", "\ud83d\ude00", "\\u0000", "\\ud800", "%00", "%", "%zz", "%E9%9F", "&", "=", "+", ";", "#", "?",
            "/", "..", "<script>", "${jndi:x}", "' OR 1=1 --", "9".repeat(400), "[".repeat(2_000), "{\"a\":".repeat(1_200),
            "\u200b", "\ufeff", "\u00a0", "Encryption.EncryptList.0", "Encryption.", "Action=BankCardVerification");
    private static final List<String> CONTENT_TYPES = List.of("application/json", "application/json; charset=utf-8",
            "application/json;charset=utf-16", "application/json;charset=nonsense", "text/plain", "text/html", "",
            "application/x-www-form-urlencoded", "application/x-www-form-urlencoded;charset=gbk",
            "multipart/form-data; boundary=x", "multipart/form-data", "application/xml", "*/*", "nonsense");
    private static final List<String> HEADERS = List.of("Accept", "Accept-Encoding", "Accept-Language", "Content-Encoding",
            "Priority", "Prefer", "X-TC-Action", "X-TC-Version", "X-TC-Timestamp", "X-TC-Region", "X-TC-Token",
            "X-TC-Language", "X-TC-Content-SHA256", "X-TC-RequestClient", "Authorization", "Cookie", "Origin", "Range",
            "If-None-Match", "X-Forwarded-For", "X-HTTP-Method-Override", "Idempotency-Key", "Date", "Via", "Sandbox-Nonsense");
    private static final List<String> HEADER_VALUES = List.of("", "x", "*/*", "text/html", "application/json;q=0", "gzip",
            "deflate, br", "identity;q=0", "u=9, i", "u=;;;", "wait=-1", "wait=99999999999999", "UNSIGNED-PAYLOAD", "SKIP",
            "BankCardVerification", "2018-03-01", "1", "9999999999", "-1", "zh-CN", "TC3-HMAC-SHA256", "Bearer x", "Basic %%%",
            "TC3-HMAC-SHA256 Credential=a/b/c/tc3_request, SignedHeaders=;;, Signature=" + "f".repeat(64), "a".repeat(4_000),
            "\u00e9\u00ff", "bytes=0-1");
    private static final List<String> METHODS = List.of("POST", "POST", "POST", "POST", "GET", "GET", "PUT", "DELETE", "PATCH",
            "BREW");

    /** Where a request goes: with whose key, by which names. */
    @SuppressWarnings("ImmutableEnumChecker") // List.of is
    public enum Target {
        FRONT_DOOR("/v1/verifications", "", "", List.of("name", "idCard", "bankCard", "encryption")),
        SDK_DOOR("/", "AKIDCALLEREXAMPLE", "CALLEREXAMPLEKEY", List.of("Name", "IdCard", "BankCard", "Encryption")),
        SANDBOX("/", "AKIDSANDBOXEXAMPLE", "SANDBOXEXAMPLEKEY", List.of("Name", "IdCard", "BankCard", "Encryption"));

        final String path;
        final String secretId;
        final String secretKey;
        final List<String> names;

        Target(String path, String secretId, String secretKey, List<String> names) {
            this.path = path;
            this.secretId = secretId;
            this.secretKey = secretKey;
            this.names = names;
        }
    }

    /** @param isUri whether its target is one; what has none is refused by Quarkus before any door sees it */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Mutation(byte[] bytes, boolean isUri) {
    }

    private final Random random;
    private final Target target;
    private final int port;

    public Mutations(Random random, Target target, int port) {
        this.random = random;
        this.target = target;
        this.port = port;
    }

    public Mutation next() {
        var method = one(8) ? pick(METHODS) : "POST";
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", one(4) ? pick(CONTENT_TYPES) : "application/json");
        var query = "";
        var body = json().getBytes(StandardCharsets.UTF_8);
        if (target != Target.FRONT_DOOR && one(3)) {
            var form = mutated(form()); // not signed: the parameters of version 1 are read before its signature is checked
            if (random.nextBoolean()) {
                method = "GET";
                query = "?" + printable(form);
                body = new byte[0];
            } else {
                headers.put("Content-Type", "application/x-www-form-urlencoded");
                body = form;
            }
        } else {
            body = mutated(body);
            sign(headers, body);
        }
        for (var i = random.nextInt(4); i > 0 && random.nextBoolean(); i--) {
            headers.put(pick(HEADERS), pick(HEADER_VALUES));
        }
        if (one(20) && !headers.isEmpty()) {
            headers.remove(new ArrayList<>(headers.keySet()).get(random.nextInt(headers.size())));
        }
        var uri = target.path + (one(10) ? "?" + printable(mutated(form())) : query);
        return new Mutation(request(method, uri, headers, body), isUri(uri));
    }

    private static boolean isUri(String text) {
        try {
            return new URI(text).getRawPath() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private void sign(Map<String, String> headers, byte[] body) {
        if (target != Target.FRONT_DOOR) {
            headers.putAll(new Signer(Action.BANK_CARD_VERIFICATION,
                    new Credentials(target.secretId, target.secretKey, null)).sign("localhost:" + port,
                            headers.getOrDefault("Content-Type", ""), body, Instant.now()));
        }
    }

    private String json() {
        var names = new ArrayList<>(target.names.subList(0, 3));
        if (one(10)) {
            names.set(random.nextInt(3), pick(CANARIES)); // people put values where names belong
        }
        var more = String.format(Locale.ROOT, pick(MORE), target.names.get(3));
        return String.format(Locale.ROOT,
                "{\"%s\":\"Kanarien Vogel\",\"%s\":\"11010119730826731X\",\"%s\":\"6226097316459028\"%s}", names.get(0),
                names.get(1), names.get(2), more);
    }

    private byte[] form() {
        var form = new StringBuilder("Action=BankCardVerification&Version=2018-03-01&Nonce=1&SecretId=" + target.secretId
                + "&Timestamp=" + Instant.now().getEpochSecond() + "&Signature=AAAA");
        for (var i = 0; i < 3; i++) {
            form.append('&').append(List.of("Name", "IdCard", "BankCard").get(i)).append('=')
                    .append(URLEncoder.encode(CANARIES.get(i), StandardCharsets.UTF_8));
        }
        return form.toString().getBytes(StandardCharsets.UTF_8);
    }

    private byte[] mutated(byte[] good) {
        var bytes = good;
        for (var i = random.nextInt(4); i > 0; i--) {
            bytes = once(bytes);
        }
        return bytes;
    }

    private byte[] once(byte[] bytes) {
        if (bytes.length == 0) {
            return pick(SPICE).getBytes(StandardCharsets.UTF_8);
        }
        var at = random.nextInt(bytes.length);
        var end = Math.min(bytes.length, at + 1 + random.nextInt(24));
        return switch (random.nextInt(6)) {
            case 0 -> joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, end, bytes.length));
            case 1 -> joined(Arrays.copyOf(bytes, end), Arrays.copyOfRange(bytes, at, bytes.length));
            case 2 -> Arrays.copyOf(bytes, at);
            case 3 -> flipped(bytes, at);
            case 4 -> new String(bytes, StandardCharsets.UTF_8).getBytes(
                    random.nextBoolean() ? StandardCharsets.UTF_16 : StandardCharsets.ISO_8859_1);
            default -> joined(Arrays.copyOf(bytes, at), pick(SPICE).getBytes(StandardCharsets.UTF_8),
                    Arrays.copyOfRange(bytes, at, bytes.length));
        };
    }

    private byte[] flipped(byte[] bytes, int at) {
        var flipped = bytes.clone();
        flipped[at] = (byte) random.nextInt(256);
        return flipped;
    }

    private static byte[] joined(byte[]... parts) {
        var joined = new ByteArrayOutputStream();
        for (var part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    /** What may stand in a request line. */
    private static String printable(byte[] bytes) {
        var text = new StringBuilder();
        for (var each : bytes) {
            text.append(each > ' ' && each < 127 && each != '#' ? (char) each : '_');
        }
        return text.toString();
    }

    private byte[] request(String method, String uri, Map<String, String> headers, byte[] body) {
        var head = new StringBuilder(method).append(' ').append(uri).append(" HTTP/1.1\r\nHost: localhost:").append(port)
                .append("\r\n");
        headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (one(5)) {
            head.append("Transfer-Encoding: chunked\r\n\r\n");
            return joined(latin(head), chunked(body));
        }
        return joined(latin(head.append("Content-Length: ").append(body.length).append("\r\n\r\n")), body);
    }

    private byte[] chunked(byte[] body) {
        var chunks = new ByteArrayOutputStream();
        for (var at = 0; at < body.length;) {
            var length = Math.min(body.length - at, 1 + random.nextInt(64));
            chunks.writeBytes(latin(Integer.toHexString(length) + "\r\n"));
            chunks.write(body, at, length);
            chunks.writeBytes(latin("\r\n"));
            at += length;
        }
        chunks.writeBytes(latin("0\r\n\r\n"));
        return chunks.toByteArray();
    }

    private static byte[] latin(CharSequence text) {
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private boolean one(int in) {
        return random.nextInt(in) == 0;
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
