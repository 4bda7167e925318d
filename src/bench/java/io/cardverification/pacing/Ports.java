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

    /** Below those that connections come from: whoever asks often for a port that is not yet open might come from it. */
    public static int free() throws IOException {
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
                Thread.sleep(1);
            }
        }
        throw new IOException("the process on port " + port + " has ended with " + process.exitValue());
    }
}
