package io.cardverification.pacing;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;

/** Finds ports that are free and waits for those that are not yet open. */
public final class Ports {

    private Ports() {
    }

    public static int free() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** From where no connection starts by itself: whoever asks often for a port that is not yet open might take it. */
    public static int freeBelowTheEphemeral() throws IOException {
        while (true) {
            try (var socket = new ServerSocket(ThreadLocalRandom.current().nextInt(20_000, 32_768))) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // Another, then.
            }
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
