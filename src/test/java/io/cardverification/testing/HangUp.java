package io.cardverification.testing;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** How a caller leaves, and what it has sent behind a request that waits. */
public enum HangUp {

    NOTHING_ELSE(""),
    PART_OF_A_HEAD("POST /v1/veri"),
    PART_OF_A_BODY(
            "POST /v1/verifications HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n"
                    + "x".repeat(100)),
    PART_OF_A_LARGE_BODY("POST /v1/verifications HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: 500000\r\n\r\n" + "x".repeat(100_000)),
    GARBAGE("garbage\r\n\r\n"),
    A_REQUEST("GET /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n");

    /** How the socket ends. */
    public enum End {
        /** FIN, and the client reads no more. */
        CLOSE,
        /** FIN, but the client goes on to read. */
        SHUT_DOWN_OUTPUT,
        /** RST. */
        ABORT
    }

    private final String behind;

    HangUp(String behind) {
        this.behind = behind;
    }

    public void send(Socket socket) throws IOException {
        socket.getOutputStream().write(behind.getBytes(StandardCharsets.US_ASCII));
    }

    public static void end(Socket socket, End end) throws IOException {
        switch (end) {
            case CLOSE -> socket.close();
            case SHUT_DOWN_OUTPUT -> socket.shutdownOutput();
            case ABORT -> {
                socket.setSoLinger(true, 0);
                socket.close();
            }
        }
    }
}
