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

    private final EdgeConfig edge;
    private final Config config;

    MutualTlsCustomizer(EdgeConfig edge, Config config) {
        this.edge = edge;
        this.config = config;
    }

    /** A plain port would admit clients without a certificate. */
    void start(@Observes StartupEvent event) {
        var insecure = config.getOptionalValue("quarkus.http.insecure-requests", String.class).orElse("enabled");
        if (edge.clientCertificateRequired() && !"disabled".equals(insecure)) {
            throw new ConfigurationException("quarkus.http.insecure-requests must be disabled where"
                    + " gateway.edge.client-certificate-required is true");
        }
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        if (edge.clientCertificateRequired()) {
            options.setClientAuth(ClientAuth.REQUIRED);
        }
    }
}
