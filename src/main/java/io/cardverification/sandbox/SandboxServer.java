package io.cardverification.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.cardverification.config.ConfigRange;
import io.cardverification.tencentcloud.Endpoint;
import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;

/**
 * Opens and closes the sandbox's port.
 *
 * <p>
 * One server runs on one event loop, which owns all state of the sandbox, so this package needs no lock. Rejected: an event
 * loop of the gateway, which would count requests when the gateway has time and not when they are received.
 */
@Singleton
final class SandboxServer {

    private static final Logger LOG = Logger.getLogger(SandboxServer.class);
    private static final int START_SECONDS = 10;

    /** Longer than any client of this project waits for a response that never comes. */
    private static final int IDLE_SECONDS = 120;

    /** Addresses may have 32 KB; longer ones get an error envelope, up to this limit. */
    private static final int MAX_LINE_BYTES = 128 * 1024;

    private final SandboxConfig config;
    private final Clock clock;
    private final URI upstream;
    private @Nullable Vertx vertx;
    /** One for each address; empty while connections are refused. */
    private List<HttpServer> servers = List.of();

    /** @param upstream of the gateway in this process */
    SandboxServer(SandboxConfig config, Clock clock,
            @ConfigProperty(name = "quarkus.rest-client.tencentcloud.url") URI upstream) {
        this.config = config;
        this.clock = clock;
        this.upstream = upstream;
    }

    void start(@Observes StartupEvent event) {
        if (!config.enabled()) {
            return;
        }
        if (Endpoint.isTencentCloud(upstream)) { // In production, the sandbox's public key pair would open a port.
            throw new ConfigurationException(
                    "gateway.sandbox.enabled must be false if gateway.upstream.endpoint is Tencent Cloud");
        }
        ConfigRange.require("gateway.sandbox.port", config.port(), 1, 65_535);
        var router = new SandboxRouter(config, settings(), clock, new SecureRandom(), this::closePort);
        if (ImageMode.current() == ImageMode.JVM) { // A native image needs no warm-up.
            SandboxWarmUp.run(config, clock);
        }
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setFileSystemOptions(
                new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        await(open(vertx, router));
        LOG.infof("The sandbox listens on http://%s:%d", config.host(), config.port());
    }

    private SandboxSettings settings() {
        try {
            return SandboxSettings.of(config);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("gateway.sandbox." + e.getMessage());
        }
    }

    /** All servers share one router and the only event loop. */
    private Future<?> open(Vertx vertx, SandboxRouter sandboxRouter) {
        var router = sandboxRouter.router(vertx);
        var opening = new ArrayList<Future<HttpServer>>();
        var opened = new ArrayList<HttpServer>();
        for (var address : addresses(config.host())) {
            var server = vertx.createHttpServer(new HttpServerOptions().setMaxInitialLineLength(MAX_LINE_BYTES)
                    .setMaxHeaderSize(MAX_LINE_BYTES).setIdleTimeout(IDLE_SECONDS))
                    .requestHandler(router)
                    .invalidRequestHandler(SandboxRouter::rejectInvalidRequest);
            opened.add(server);
            opening.add(server.listen(config.port(), address));
        }
        servers = List.copyOf(opened);
        return Future.all(opening);
    }

    /** {@code localhost} has two addresses if the machine has IPv6, and clients differ in their choice. */
    static List<String> addresses(String host) {
        if (!host.equals("localhost")) {
            return List.of(host);
        }
        var here = Stream.of("127.0.0.1", "::1").filter(SandboxServer::isLocalAddress).toList();
        return here.isEmpty() ? List.of(host) : here;
    }

    private static boolean isLocalAddress(String address) {
        try {
            return NetworkInterface.getByInetAddress(InetAddress.getByName(address)) != null;
        } catch (IOException e) {
            return false;
        }
    }

    /** Waits until the port is open, because later start-up steps use the sandbox. Runs on the main thread, which may block. */
    private void await(Future<?> opening) {
        try {
            opening.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new ConfigurationException(
                    String.format(Locale.ROOT, "gateway.sandbox.port must be a free port, but %s:%d could not be opened: %s",
                            config.host(), config.port(), e.getMessage()));
        }
    }

    /** Closes all connections and refuses new ones for a while. Threads: the event loop. */
    private void closePort(SandboxRouter sandboxRouter, long millis) {
        var open = servers;
        var loop = vertx;
        if (!open.isEmpty() && loop != null) {
            servers = List.of();
            Future.all(open.stream().map(HttpServer::close).toList())
                    .onComplete(closed -> loop.setTimer(millis, id -> open(loop, sandboxRouter).onFailure(
                            taken -> LOG.errorf("The sandbox could not open its port %d again: %s", config.port(),
                                    taken.getMessage()))));
        }
    }

    void stop(@Observes ShutdownEvent event) {
        if (vertx != null) {
            vertx.close();
        }
    }
}
