package io.cardverification.pacing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Waits for ports that are not yet open. */
public final class Ports {

    private Ports() {
    }

    /** @throws IOException where the process ends first */
    public static void awaitOpen(int port, Process process) throws IOException, InterruptedException {
        while (process.isAlive()) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress("localhost", port), 1_000);
                return;
            } catch (IOException notYet) {
                Thread.sleep(1);
            }
        }
        throw new IOException("the process on port " + port + " has ended with " + process.exitValue());
    }
}
