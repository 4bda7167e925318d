package io.cardverification.http;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.Config;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;

/** Requires a client certificate if the operator configures it. Quarkus' own setting for that is fixed at build time. */
@Singleton
final class MutualTlsCustomizer implements HttpServerOptionsCustomizer {

    private final ConnectionConfig connections;
    private final Config config;

    MutualTlsCustomizer(ConnectionConfig connections, Config config) {
        this.connections = connections;
        this.config = config;
    }

    /** A plain port would admit clients without a certificate. */
    void start(@Observes StartupEvent event) {
        var insecure = config.getOptionalValue("quarkus.http.insecure-requests", String.class).orElse("enabled");
        if (connections.clientCertificateRequired() && !"disabled".equals(insecure)) {
            throw new ConfigurationException("quarkus.http.insecure-requests must be disabled if"
                    + " gateway.http.client-certificate-required is true");
        }
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        if (connections.clientCertificateRequired()) {
            options.setClientAuth(ClientAuth.REQUIRED);
        }
    }
}
