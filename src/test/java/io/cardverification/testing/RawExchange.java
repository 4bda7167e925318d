package io.cardverification.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One connection over which requests go as they are, byte by byte. Threads: one. */
public final class RawExchange implements AutoCloseable {

    private static final int HANG_MILLIS = 20_000;

    /** What came back. */
    public record RawResponse(int status, Map<String, String> headers, String body) {
    }

    private final int port;
    private Socket socket;
    private BufferedInputStream in;

    public RawExchange(int port) throws IOException {
        this.port = port;
        this.socket = new Socket("localhost", port);
        this.in = open();
    }

    private BufferedInputStream open() throws IOException {
        socket.setSoTimeout(HANG_MILLIS);
        socket.setTcpNoDelay(true);
        return new BufferedInputStream(socket.getInputStream());
    }

    /** On a new connection where the last one was closed. */
    public RawResponse send(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        var answer = answer();
        while (answer.status() == 100) {
            answer = answer();
        }
        if ("close".equals(answer.headers().get("connection"))) {
            socket.close();
            socket = new Socket("localhost", port);
            in = open();
        }
        return answer;
    }

    private RawResponse answer() throws IOException {
        var status = Integer.parseInt(line().split(" ", -1)[1]);
        var headers = new TreeMap<String, String>();
        for (var line = line(); !line.isEmpty(); line = line()) {
            var colon = line.indexOf(':');
            headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
        }
        return new RawResponse(status, headers, status == 100 ? "" : body(headers));
    }

    private String body(Map<String, String> headers) throws IOException {
        var bytes = new ByteArrayOutputStream();
        if ("chunked".equals(headers.get("transfer-encoding"))) {
            for (var length = Integer.parseInt(line(), 16); length > 0; length = Integer.parseInt(line(), 16)) {
                bytes.write(in.readNBytes(length));
                line();
            }
            line();
        } else {
            bytes.write(in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0"))));
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (var next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection ended without an answer");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
