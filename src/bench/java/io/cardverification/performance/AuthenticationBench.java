package io.cardverification.performance;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What an API key costs: the packaged gateway, with a hundred callers and one that needs no key, is asked in turns with a key
 * and
 * without, over one connection, what it refuses before anything waits (a question without members, 400).
 */
final class AuthenticationBench {

    private static final int WARM_UP = Integer.getInteger("authentication.warm-up", 50_000);
    private static final int PAIRS = Integer.getInteger("authentication.pairs", 100_000);
    private static final int CALLERS = 100;
    private static final String KEY = "cvg_EXAMPLE_OPENS_THE_SANDBOX_AND_NOTHING_ELSE_";
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: ([0-9]+)\r\n");

    private AuthenticationBench() {
    }

    public static void main(String... none) throws Exception {
        var others = IntStream.range(0, CALLERS)
                .mapToObj(caller -> "-Dgateway.callers.named.c%d.key-hashes=%064x".formatted(caller, caller))
                .toArray(String[]::new);
        try (var gateway = new GatewayProcess("authentication", others);
                var socket = new Socket("localhost", gateway.port())) {
            socket.setTcpNoDelay(true);
            var out = socket.getOutputStream();
            var in = new BufferedInputStream(socket.getInputStream());
            var requests = Stream.of("", "Authorization: Bearer " + KEY + "\r\n").map(AuthenticationBench::request).toList();
            var nanos = new long[2][PAIRS];
            for (var pair = -WARM_UP; pair < PAIRS; pair++) {
                for (var on = 0; on < 2; on++) {
                    var start = System.nanoTime();
                    out.write(requests.get(on));
                    readAnswer(in);
                    if (pair >= 0) {
                        nanos[on][pair] = System.nanoTime() - start;
                    }
                }
            }
            print(nanos);
        }
    }

    private static void print(long[][] nanos) {
        System.out.printf(Locale.ROOT, "%n| %,d requests each, in turns | p50 | p90 | p99 |%n|---|--:|--:|--:|%n", PAIRS);
        var names = new String[] { "without a key", "with one, of a hundred and one callers'" };
        for (var on = 0; on < 2; on++) {
            Arrays.sort(nanos[on]);
            System.out.printf(Locale.ROOT, "| %s | %.1f us | %.1f us | %.1f us |%n", names[on], micros(nanos[on], 50),
                    micros(nanos[on], 90), micros(nanos[on], 99));
        }
        System.out.printf(Locale.ROOT, "| the key's cost | %.1f us | | |%n", micros(nanos[1], 50) - micros(nanos[0], 50));
    }

    private static double micros(long[] sortedNanos, int percent) {
        return sortedNanos[(int) ((long) sortedNanos.length * percent / 100)] / 1e3;
    }

    private static byte[] request(String headers) {
        return ("POST /v1/verifications HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
                + headers + "\r\n{}").getBytes(StandardCharsets.US_ASCII);
    }

    /** @throws IOException where it is not the refusal that is measured */
    private static void readAnswer(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            var next = in.read();
            if (next < 0) {
                throw new EOFException("the connection ended");
            }
            head.append((char) next);
        }
        var length = LENGTH.matcher(head);
        if (!head.substring(0, 12).equals("HTTP/1.1 400") || !length.find()) {
            throw new IOException("it answered otherwise: " + head);
        }
        in.skipNBytes(Long.parseLong(length.group(1)));
    }
}
