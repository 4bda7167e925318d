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

/** Who is on the other side: told at start, and refused to be guessed. */
@Singleton
final class Upstream {

    static final String HEADER = "Gateway-Upstream";

    private static final Logger LOG = Logger.getLogger(Upstream.class);
    private static final int BEFORE_ALL_OTHERS = 10_000;

    private final UpstreamConfig config;
    private final PacingConfig pacing;
    private final Config all;
    private final URI address;
    private final boolean sandbox;

    /** @param address what the client really calls, whatever it was configured by */
    Upstream(UpstreamConfig config, PacingConfig pacing, Config all,
            @ConfigProperty(name = "quarkus.rest-client.tencentcloud.url") URI address) {
        this.config = config;
        this.pacing = pacing;
        this.all = all;
        this.address = address;
        this.sandbox = !Endpoint.isTencentCloud(address);
    }

    /** @throws ConfigurationException which Quarkus prints as one line before it exits */
    void start(@Observes StartupEvent event) {
        requireCallable();
        UpstreamRules.require(config, pacing, all);
        warmUp();
        if (sandbox) {
            LOG.warnf("The upstream is a SANDBOX at %s: its answers are made up and prove nothing", address);
        } else {
            LOG.infof("The upstream is Tencent Cloud at %s: verifications are charged", address);
        }
    }

    /** Every answer of a sandbox-backed process says so, also those that never reach a resource. */
    void tell(@Observes Filters filters) {
        if (sandbox) {
            filters.register(Upstream::tell, BEFORE_ALL_OTHERS);
        }
    }

    /** So that nobody takes its health and figures for those of one that verifies. */
    void tell(@Observes ManagementInterface management) {
        if (sandbox) {
            management.router().route().order(-BEFORE_ALL_OTHERS).handler(Upstream::tell);
        }
    }

    private static void tell(RoutingContext exchange) {
        exchange.response().putHeader(HEADER, "sandbox");
        exchange.next();
    }

    @Produces
    @Singleton
    Signer signer() {
        return new Signer(Action.BANK_CARD_VERIFICATION, credentials());
    }

    /** One at a time is drawn from it: a fresh key and initial vector for every request. */
    @Produces
    @Singleton
    Veil veil() {
        return config.encryption().map(encryption -> Veil.of(encryption, new SecureRandom())).orElse(Veil.NONE);
    }

    /** The first signature of a process loads its cryptography, a tenth of a second that no caller should pay. */
    private void warmUp() {
        signer().sign("localhost", "application/json", new byte[0], Instant.EPOCH);
    }

    private Credentials credentials() {
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
