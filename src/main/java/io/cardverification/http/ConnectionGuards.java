package io.cardverification.http;

import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

import com.sun.management.UnixOperatingSystemMXBean;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.RecvByteBufAllocator;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.value.registry.ValueRegistry;
import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.ManagementInterface;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;

/**
 * Gives every accepted connection a {@link ConnectionGuard}. Selects the connections to close when connections or memory
 * reach their limits.
 *
 * <p>
 * Connections of the management port and the sandbox have guards, too, but no keys. They count as authenticated, and do not
 * count as connections of callers. Threads: any.
 */
@Singleton
final class ConnectionGuards {

    private static final Logger LOG = Logger.getLogger(ConnectionGuards.class);
    /** The default of Linux allows megabytes of unread bytes in this buffer, and they count as memory of the container. */
    private static final int SEND_BUFFER_BYTES = 64 * 1024;

    /**
     * Limits each turn to one short read. So a connection with a thousand requests in its receive buffer does not delay the
     * others of its event loop. The gateway also notices sooner that a client does not read.
     */
    private final RecvByteBufAllocator shortReads = new AdaptiveRecvByteBufAllocator(64, 2048, 4096).maxMessagesPerRead(1);
    private final ConnectionConfig config;
    private final ValueRegistry values;
    private final boolean anonymous;
    private final int configured;
    private final int maxRequests;
    private final ConnectionCapacity capacity;
    private final ConnectionAdmission<ConnectionGuard> admission;
    private final BufferBudget<ConnectionGuard> budget;
    private final ConnectionMetrics metrics;

    ConnectionGuards(ConnectionConfig config, Config all, ValueRegistry values, MeterRegistry meters) {
        this.config = config;
        this.values = values;
        anonymous = all.getOptionalValue("gateway.callers.anonymous", Boolean.class).orElse(false);
        configured = all.getOptionalValue("quarkus.http.limits.max-connections", Integer.class).orElse(Integer.MAX_VALUE);
        maxRequests = all.getOptionalValue("quarkus.http.limits.max-concurrent-streams", Integer.class).orElse(100);
        capacity = ConnectionCapacity.of(configured, openFiles(), Runtime.getRuntime().maxMemory(),
                all.getOptionalValue("quarkus.http.tls-configuration-name", String.class).isPresent(), config.bufferPercent());
        admission = new ConnectionAdmission<>(capacity, anonymous);
        budget = new BufferBudget<>(capacity.bufferBytes(), ConnectionGuard::isAuthenticated);
        metrics = new ConnectionMetrics(meters, capacity, admission, budget);
    }

    private static long openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }

    void start(@Observes StartupEvent event) {
        if (capacity.connections() < configured) {
            LOG.warnf(
                    "The gateway accepts at most %d connections, less than quarkus.http.limits.max-connections (%d): the heap or the limit of open"
                            + " files does not allow more",
                    capacity.connections(), configured);
        }
    }

    void register(@Observes Filters filters) {
        filters.register(this::observe, FilterOrder.CONNECTIONS);
    }

    void register(@Observes ManagementInterface management) {
        management.router().route().order(-FilterOrder.CONNECTIONS).handler(this::observe);
    }

    private void observe(RoutingContext exchange) {
        var guard = Connections.guard(exchange);
        if (guard != null) {
            guard.onHead(exchange.request());
            Connections.onEnd(exchange, () -> guard.onResponseEnd(exchange.request()));
        }
        exchange.next();
    }

    /**
     * Admits a connection that the server has accepted and that has no event loop yet.
     *
     * @return whether it may stay open
     */
    boolean admit(Channel server, Channel connection) {
        var isCallerPort = isCallerPort(server);
        var guard = new ConnectionGuard(connection, this, anonymous || !isCallerPort);
        var displaced = isCallerPort ? admission.add(guard) : null;
        if (displaced == guard) {
            countClosed(CloseReason.CONNECTION_LIMIT);
            connection.unsafe().closeForcibly();
            return false;
        }
        connection.config().setRecvByteBufAllocator(shortReads);
        connection.config().setOption(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES);
        connection.pipeline().addFirst(guard, new ReadBackpressureHandler());
        connection.closeFuture().addListener(ended -> {
            guard.onClosed();
            admission.remove(guard);
        });
        if (displaced != null) {
            displaced.close(CloseReason.CONNECTION_LIMIT);
        }
        return true;
    }

    private boolean isCallerPort(Channel server) {
        return server.localAddress() instanceof InetSocketAddress address
                && (address.getPort() == values.getOrDefault(HttpServer.HTTP_PORT, -1)
                        || address.getPort() == values.getOrDefault(HttpServer.HTTPS_PORT, -1));
    }

    void onAuthenticated(ConnectionGuard guard) {
        admission.authenticate(guard);
    }

    void setHeldBytes(ConnectionGuard guard, long bytes) {
        budget.setHeldBytes(guard, bytes).forEach(each -> each.close(CloseReason.BUFFERS_FULL));
    }

    void countClosed(CloseReason reason) {
        metrics.countClosed(reason);
    }

    long idleMillis() {
        return config.unauthenticatedIdleTimeout().toMillis();
    }

    long responseMillis() {
        return config.writeTimeout().toMillis();
    }

    int maxUnreadBytes() {
        return config.maxUnreadBytes();
    }

    /** HTTP/1.1 allows as many waiting requests as HTTP/2 has streams. */
    int maxRequests() {
        return maxRequests;
    }
}
