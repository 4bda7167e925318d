package io.cardverification.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

import org.eclipse.microprofile.config.ConfigProvider;

/** Finds ports that are free, so that tests run beside other servers of the machine. */
public final class FreePorts {

    private static final int MAX_ATTEMPTS = 1_000;

    private FreePorts() {
    }

    /** The port of the sandbox under test. */
    public static int sandbox() {
        return ConfigProvider.getConfig().getValue("gateway.sandbox.port", Integer.class);
    }

    /** A free port below the range of outgoing connections, which otherwise could take it before its use. */
    public static int one() {
        for (var attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            var port = ThreadLocalRandom.current().nextInt(10_000, 32_000);
            try (var socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // The next attempt tries another port.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new IllegalStateException("found no free port in " + MAX_ATTEMPTS + " attempts");
    }
}
