package io.cardverification.upstream;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.cardverification.tencentcloud.Action;
import io.cardverification.tencentcloud.Credentials;
import io.cardverification.tencentcloud.Signer;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.http.runtime.filters.Filters;

/** Who is on the other side: told at start, and refused to be guessed. */
@Singleton
final class Upstream {

    static final String HEADER = "Gateway-Upstream";

    private static final Logger LOG = Logger.getLogger(Upstream.class);
    private static final String SERVICE = "faceid";
    private static final int BEFORE_ALL_OTHERS = 10_000;

    private final UpstreamConfig config;
    private final boolean sandbox;

    Upstream(UpstreamConfig config) {
        this.config = config;
        this.sandbox = !isTencentCloud(config);
    }

    /** @throws ConfigurationException which Quarkus prints as one line before it exits */
    void start(@Observes StartupEvent event) {
        warmUp();
        if (sandbox) {
            LOG.warnf("The upstream is a SANDBOX at %s: answers are made up and nothing is charged", config.endpoint());
        } else {
            LOG.infof("The upstream is Tencent Cloud at %s: verifications are charged", config.endpoint());
        }
    }

    /** Every answer of a sandbox-backed process says so, also those that never reach a resource. */
    void tell(@Observes Filters filters) {
        if (sandbox) {
            filters.register(exchange -> {
                exchange.response().putHeader(HEADER, "sandbox");
                exchange.next();
            }, BEFORE_ALL_OTHERS);
        }
    }

    @Produces
    @Singleton
    Signer signer() {
        return new Signer(credentials(), SERVICE);
    }

    /** The first signature of a process loads its cryptography, a tenth of a second that no caller should pay. */
    private void warmUp() {
        signer().sign(Action.BANK_CARD_VERIFICATION, "localhost", "application/json", new byte[0], Instant.EPOCH);
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

    private static boolean isTencentCloud(UpstreamConfig config) {
        var host = Optional.ofNullable(config.endpoint().getHost()).orElse("").toLowerCase(Locale.ROOT);
        return "https".equals(config.endpoint().getScheme()) && host.endsWith(".tencentcloudapi.com");
    }
}
