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

    /** Whether callers must show a certificate that the TLS configuration trusts. */
    @WithDefault("false")
    boolean clientCertificateRequired();
}
