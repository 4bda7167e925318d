package io.cardverification;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** Gives the sandbox a port that is free, so that tests run beside whatever runs on this machine. */
@QuarkusTestResource(FreePorts.class)
public final class FreePorts implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        return Map.of("gateway.sandbox.port", Integer.toString(one()), "quarkus.http.test-port", "0",
                "quarkus.http.test-ssl-port", "0", "quarkus.management.test-port", "0",
                // Of what was packaged, which would take the same again each time.
                "quarkus.http.port", "0", "quarkus.http.ssl-port", "0", "quarkus.management.port", Integer.toString(one()));
    }

    @Override
    public void stop() {
        // Ports were only borrowed.
    }

    /** Where the sandbox under test listens. */
    public static int sandbox() {
        return ConfigProvider.getConfig().getValue("gateway.sandbox.port", Integer.class);
    }

    /** Below those that outgoing connections are given, one of which would else take it before it is used. */
    public static int one() {
        while (true) {
            var port = ThreadLocalRandom.current().nextInt(10_000, 32_000);
            try (var socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // Another, then.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
