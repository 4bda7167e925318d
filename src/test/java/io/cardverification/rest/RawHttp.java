package io.cardverification.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** Requests that well-behaved clients cannot be made to send. */
final class RawHttp {

    private RawHttp() {
    }

    /** One chunk, then the answer, which is held to the contract. */
    static String chunkedPost(int port, String path, String body) {
        return exchange(port, "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n",
                Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n");
    }

    /** A whole head and a whole body, then the answer until the server closes; it is held to the contract. */
    static String exchange(int port, String head, String body) {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(10_000);
            var out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            try {
                out.write(body.getBytes(StandardCharsets.UTF_8));
                out.flush();
            } catch (IOException refusedWhileSending) {
                // The answer is what counts; it may have come before the whole body was taken.
            }
            return held(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String held(String answer) {
        var head = answer.substring(0, answer.indexOf("\r\n\r\n")).lines().toList();
        var headers = head.stream().skip(1).collect(Collectors.toMap(line -> line.replaceFirst(":.*", ""),
                line -> line.replaceFirst("[^:]*: *", "")));
        var status = Integer.parseInt(head.get(0).substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
        assertThat(OpenApiValidator.published().breaches(status, headers, answer.substring(answer.indexOf("\r\n\r\n") + 4)))
                .isEmpty();
        return answer;
    }
}
