package io.cardverification.http;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The limits of connections. */
@ConfigMapping(prefix = "gateway.http")
public interface ConnectionConfig {

    /**
     * Maximum time of a request from its first byte to its last, TLS handshake included, 1 ms to 5 minutes. After that the
     * gateway closes the connection or, over HTTP/2, resets the stream. The time until the response does not count.
     */
    @WithDefault("30s")
    Duration requestTimeout();

    /**
     * Maximum time for which a response may be unread, 1 ms to 5 minutes. After that the gateway closes the connection or
     * resets the HTTP/2 stream.
     */
    @WithDefault("30s")
    Duration writeTimeout();

    /** Maximum idle time of a connection without a valid key, 10 ms to 5 minutes. After that the gateway closes it. */
    @WithDefault("10s")
    Duration unauthenticatedIdleTimeout();

    /**
     * Maximum number of unread response bytes of one connection, 65,536 to 1 GiB. Above it the gateway closes the
     * connection.
     */
    @WithDefault("1048576")
    int maxUnreadBytes();

    /**
     * Maximum part of the heap for unfinished requests and unread responses of all connections, in percent, 1 to 50. Above
     * it the gateway closes connections, and those without a valid key first.
     */
    @WithDefault("12")
    int bufferPercent();

    /** Whether callers must show a certificate that the TLS configuration trusts. */
    @WithDefault("false")
    boolean clientCertificateRequired();
}
