package io.cardverification.edge;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What connections are held to. */
@ConfigMapping(prefix = "gateway.edge")
public interface EdgeConfig {

    /**
     * How long a request may take from its first byte to its last, TLS handshake included, 1 ms to 5 minutes; then its
     * connection is closed or, over HTTP/2, its stream is reset. How long its answer takes does not count.
     */
    @WithDefault("30s")
    Duration requestTimeout();

    /**
     * How long an answer may wait for its caller to read it, 1 ms to 5 minutes; then its connection is closed, or its HTTP/2
     * stream reset.
     */
    @WithDefault("30s")
    Duration responseTimeout();

    /** How long a connection that has shown no valid key may be idle, 10 ms to 5 minutes; then it is closed. */
    @WithDefault("10s")
    Duration unauthenticatedIdleTimeout();

    /** How many bytes of answers one connection may leave unread, 65,536 to 1 GiB; with more it is closed. */
    @WithDefault("1048576")
    int maxUnreadBytes();

    /**
     * How much of the heap unfinished requests and unread answers of all connections may hold together, in percent, 1 to 50.
     * Above it, connections are closed: those without a valid key first.
     */
    @WithDefault("12")
    int bufferPercent();

    /** Whether callers must show a certificate that the TLS configuration trusts. */
    @WithDefault("false")
    boolean clientCertificateRequired();
}
