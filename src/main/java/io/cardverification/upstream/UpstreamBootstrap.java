package io.cardverification.upstream;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.cardverification.http.FilterOrder;
import io.cardverification.pacing.PacingConfig;
import io.cardverification.tencentcloud.Action;
import io.cardverification.tencentcloud.Credentials;
import io.cardverification.tencentcloud.Endpoint;
import io.cardverification.tencentcloud.Signer;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.http.ManagementInterface;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;

/** Checks the upstream's settings at start, and marks a sandbox in the log and in every response. */
@Singleton
final class UpstreamBootstrap {

    static final String HEADER = "Gateway-Upstream";

    private static final Logger LOG = Logger.getLogger(UpstreamBootstrap.class);
    private final UpstreamConfig config;
    private final PacingConfig pacing;
    private final Config all;
    private final URI address;
    private final boolean sandbox;

    /** @param address the effective address of the REST client */
    UpstreamBootstrap(UpstreamConfig config, PacingConfig pacing, Config all,
            @ConfigProperty(name = "quarkus.rest-client.tencentcloud.url") URI address) {
        this.config = config;
        this.pacing = pacing;
        this.all = all;
        this.address = address;
        this.sandbox = !Endpoint.isTencentCloud(address);
    }

    /** @throws ConfigurationException with the key and the rule; Quarkus prints one line and exits */
    void start(@Observes StartupEvent event) {
        requireCallable();
        UpstreamConfigValidator.require(config, pacing, all);
        warmUp();
        if (sandbox) {
            LOG.warnf("The upstream is a SANDBOX at %s: its answers are not real", address);
        } else {
            LOG.infof("The upstream is Tencent Cloud at %s: verifications are charged", address);
        }
    }

    /** Also for responses that never reach a resource. */
    void markResponses(@Observes Filters filters) {
        if (sandbox) {
            filters.register(UpstreamBootstrap::addSandboxHeader, FilterOrder.SANDBOX);
        }
    }

    /** Health and metrics of a sandbox must not be mistaken for those of a real gateway. */
    void markManagementResponses(@Observes ManagementInterface management) {
        if (sandbox) {
            management.router().route().order(-FilterOrder.SANDBOX).handler(UpstreamBootstrap::addSandboxHeader);
        }
    }

    private static void addSandboxHeader(RoutingContext exchange) {
        exchange.response().putHeader(HEADER, "sandbox");
        exchange.next();
    }

    @Produces
    @Singleton
    Signer signer() {
        return new Signer(Action.BANK_CARD_VERIFICATION, credentials());
    }

    /** Uses a secure random source: every request has a new key and initial vector. */
    @Produces
    @Singleton
    RequestEncryption encryption() {
        return config.encryption().map(settings -> RequestEncryption.of(settings, new SecureRandom()))
                .orElse(RequestEncryption.NONE);
    }

    /** The first signature loads the cryptography, which takes a tenth of a second. */
    private void warmUp() {
        signer().sign("localhost", "application/json", new byte[0], Instant.EPOCH);
    }

    @Produces
    @Singleton
    Credentials credentials() {
        if (config.secretId().isEmpty() || config.secretKey().isEmpty()) {
            throw new ConfigurationException("TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY must be set to verify cards"
                    + " at Tencent Cloud; to try the gateway without them, start it with -Dquarkus.profile=sandbox");
        }
        try {
            return new Credentials(config.secretId().get(), config.secretKey().get(), config.token().orElse(null));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("gateway.upstream: " + e.getMessage());
        }
    }

    /** The protocol has no path but "/", and the signature covers no other. */
    private void requireCallable() {
        var path = Optional.ofNullable(address.getPath()).orElse("");
        if (!List.of("http", "https").contains(String.valueOf(address.getScheme())) || address.getHost() == null
                || !(path.isEmpty() || path.equals("/"))) {
            throw new ConfigurationException("gateway.upstream.endpoint must be http(s)://host or http(s)://host:port");
        }
    }
}
