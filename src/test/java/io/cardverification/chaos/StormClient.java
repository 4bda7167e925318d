package io.cardverification.chaos;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.cardverification.chaos.ObservedResponse.How;
import io.cardverification.tencentcloud.Action;
import io.cardverification.tencentcloud.Credentials;
import io.cardverification.tencentcloud.Signer;
import io.vertx.core.json.JsonObject;

/**
 * Asks over a connection of its own, byte by byte, so that it is known what was sent and what came back. Whoever finds the port
 * closed comes again: nothing was asked. Threads: any, and each waits.
 */
final class StormClient {

    private static final int PATIENCE_MILLIS = 60_000;

    private final int port;
    private final int connectMillis;
    private final Signer signer = new Signer(Action.BANK_CARD_VERIFICATION,
            new Credentials("AKIDCALLEREXAMPLE", "CALLEREXAMPLEKEY", null));

    StormClient(int port) {
        this(port, PATIENCE_MILLIS);
    }

    /** @param connectMillis for how long it comes again to a closed port */
    StormClient(int port, int connectMillis) {
        this.port = port;
        this.connectMillis = connectMillis;
    }

    /** @param dropMillis after how long to hang up; negative for never */
    ObservedResponse ask(Question question, boolean isSdk, @Nullable String key, int dropMillis) {
        try (var socket = connect()) {
            socket.setSoTimeout(dropMillis < 0 ? PATIENCE_MILLIS : Math.max(1, dropMillis));
            socket.getOutputStream().write(isSdk ? sdk(question) : front(question, key));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.isEmpty() ? ObservedResponse.nothing(question, How.BROKEN) : read(question, isSdk, answer);
        } catch (ConnectException closed) {
            return ObservedResponse.nothing(question, How.REFUSED);
        } catch (SocketTimeoutException impatient) {
            return ObservedResponse.nothing(question, dropMillis < 0 ? How.UNANSWERED : How.DROPPED);
        } catch (IOException broken) {
            return ObservedResponse.nothing(question, How.BROKEN);
        }
    }

    private Socket connect() throws IOException {
        for (var end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(connectMillis);;) {
            try {
                return new Socket("localhost", port);
            } catch (ConnectException closed) {
                if (System.nanoTime() > end) {
                    throw closed;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
    }

    private static byte[] front(Question question, @Nullable String key) {
        return http("/v1/verifications", question.json(),
                key == null ? Map.of() : Map.of("Idempotency-Key", '"' + key + '"'));
    }

    private byte[] sdk(Question question) {
        var body = question.parameters().getBytes(StandardCharsets.UTF_8);
        return http("/", question.parameters(), signer.sign("localhost", "application/json", body, Instant.now()));
    }

    private static byte[] http(String path, String body, Map<String, String> headers) {
        var lines = headers.entrySet().stream().filter(header -> !header.getKey().equalsIgnoreCase("Host"))
                .map(header -> header.getKey() + ": " + header.getValue() + "\r\n").collect(Collectors.joining());
        return ("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n"
                + lines
                + "Content-Length: " + body.length() + "\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8);
    }

    private static ObservedResponse read(Question question, boolean isSdk, String answer) {
        var end = answer.indexOf("\r\n\r\n");
        var head = answer.substring(0, end).toLowerCase(Locale.ROOT);
        var body = new JsonObject(answer.substring(end + 4));
        return isSdk
                ? ObservedResponse.envelope(question, body, header(head, "gateway-charged"),
                        !header(head, "gateway-shared").isEmpty(),
                        !header(head, "age").isEmpty())
                : ObservedResponse.json(question, body);
    }

    private static String header(String head, String name) {
        return head.lines().filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip()).findFirst().orElse("");
    }
}
