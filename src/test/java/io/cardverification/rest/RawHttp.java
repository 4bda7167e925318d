package io.cardverification.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** Sends requests that HTTP clients cannot send. */
final class RawHttp {

    private RawHttp() {
    }

    /** Sends one chunk, and returns the response after it is validated. */
    static String chunkedPost(int port, String path, String body) {
        return exchange(port, "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n",
                Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n");
    }

    /** Sends a head and a body, and returns the response after it is validated. The server closes the connection. */
    static String exchange(int port, String head, String body) {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(10_000);
            var out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            try {
                out.write(body.getBytes(StandardCharsets.UTF_8));
                out.flush();
            } catch (IOException refusedWhileSending) {
                // The response may have arrived before the server had read the whole body.
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
