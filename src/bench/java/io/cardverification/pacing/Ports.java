package io.cardverification.pacing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Finds ports that are free and waits for those that are not yet open. */
public final class Ports {

    private Ports() {
    }

    public static int free() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** @throws IOException where the process ends first */
    public static void awaitOpen(int port, Process process) throws IOException, InterruptedException {
        while (process.isAlive()) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress("localhost", port), 1_000);
                return;
            } catch (IOException notYet) {
                Thread.sleep(100);
            }
        }
        throw new IOException("the process on port " + port + " has ended with " + process.exitValue());
    }
}
