package io.cardverification.sandbox;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

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
 * Opens the sandbox's port and closes it.
 *
 * <p>
 * One server on one event loop, which owns all of the sandbox's state: nothing in this room needs a lock. The loop is the
 * sandbox's own: on one of the gateway's, arrivals would be counted when the gateway has time, not when they arrive.
 */
@Singleton
final class SandboxServer {

    private static final Logger LOG = Logger.getLogger(SandboxServer.class);
    private static final int START_SECONDS = 10;

    /** Longer than any client of ours waits for an answer that never comes. */
    private static final int IDLE_SECONDS = 120;

    /** Addresses may have 32 KB; what is longer is to be refused by an envelope, as far as that goes. */
    private static final int MAX_LINE_BYTES = 128 * 1024;

    private final SandboxConfig config;
    private final Clock clock;
    private final URI upstream;
    private @Nullable Vertx vertx;
    private @Nullable HttpServer server;

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
        if (Endpoint.isTencentCloud(upstream)) { // In earnest, then: and a key that everybody knows would open a port.
            throw new ConfigurationException(
                    "gateway.sandbox.enabled must be false where gateway.upstream.endpoint is Tencent Cloud's");
        }
        if (config.port() < 1 || config.port() > 65535) {
            throw new ConfigurationException("gateway.sandbox.port must be 1 to 65535");
        }
        var paths = new Paths(config, rules(), clock, new SecureRandom(), this::refuse);
        if (ImageMode.current() == ImageMode.JVM) { // A native image has no cold code.
            WarmUp.run(config, clock);
        }
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setFileSystemOptions(
                new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        awaited(open(vertx, paths));
        LOG.infof("The sandbox listens on http://%s:%d", config.host(), config.port());
    }

    private Rules rules() {
        try {
            return Rules.of(config);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("gateway.sandbox." + e.getMessage());
        }
    }

    private Future<HttpServer> open(Vertx vertx, Paths paths) {
        var opened = vertx.createHttpServer(new HttpServerOptions().setMaxInitialLineLength(MAX_LINE_BYTES)
                .setMaxHeaderSize(MAX_LINE_BYTES).setIdleTimeout(IDLE_SECONDS))
                .requestHandler(paths.router(vertx))
                .invalidRequestHandler(Paths::garbage);
        server = opened;
        return opened.listen(config.port(), config.host());
    }

    /** Start-up runs on the main thread and may wait; who comes after it relies on the sandbox. */
    private void awaited(Future<HttpServer> opening) {
        try {
            opening.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new ConfigurationException(
                    String.format(Locale.ROOT, "gateway.sandbox.port must be a free port, but %s:%d could not be opened: %s",
                            config.host(), config.port(), e.getMessage()));
        }
    }

    /** Whoever connects is refused for a while, and every connection is gone. On the event loop. */
    private void refuse(Paths paths, long millis) {
        var open = server;
        var loop = vertx;
        if (open != null && loop != null) {
            server = null;
            open.close().onComplete(closed -> loop.setTimer(millis, id -> open(loop, paths).onFailure(
                    taken -> LOG.errorf("The sandbox's port %d could not be opened again: %s", config.port(),
                            taken.getMessage()))));
        }
    }

    void stop(@Observes ShutdownEvent event) {
        if (vertx != null) {
            vertx.close();
        }
    }
}
