package io.cardverification.callers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.cardverification.config.ConfigRange;
import io.cardverification.verification.Caller;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;

/**
 * The current callers: those of the configuration and those of the callers file.
 *
 * <p>
 * The directory applies a file only if two consecutive checks read the same content. So it never applies a file that is being
 * written. A symbolic link that changes to another file, as Kubernetes does, is therefore applied one check late. The start
 * cannot wait for a check, which would delay every pod. Instead the start reads the file twice, and fails if the content
 * differs.
 *
 * <p>
 * Threads: any thread may read. Only the file check writes, and it replaces the whole registry.
 */
@Singleton
public final class CallerDirectory {

    private static final Logger LOG = Logger.getLogger(CallerDirectory.class);
    private static final Caller ANONYMOUS = Caller.unlimited(CallerRegistry.ANONYMOUS);
    private static final int AFTER_OTHER_CHECKS = 10_000;

    /** The directory rejects a file that differs at this many consecutive checks, since it can never apply it. */
    private static final int MAX_CHANGES = 10;

    private final CallersConfig config;
    private final InMemoryCallerQuotas quotas;
    private final Vertx vertx;
    private volatile CallerRegistry registry;
    /** The applied content. Only the file check uses this field and the next two, and it never runs twice at a time. */
    private byte[] applied;
    private byte[] lastRead;
    private int changes;
    /** The reason why the directory rejects the file; empty if it does not. */
    private volatile String rejection = "";

    /** @throws ConfigurationException with the key and the broken rule */
    CallerDirectory(CallersConfig config, InMemoryCallerQuotas quotas, Vertx vertx) {
        this.config = config;
        this.quotas = quotas;
        this.vertx = vertx;
        this.applied = config.file().map(CallersFile::read).orElse(new byte[0]);
        this.lastRead = applied;
        this.registry = registry(applied);
    }

    /** Runs last, so that missing upstream credentials are reported first. */
    void start(@Observes @Priority(AFTER_OTHER_CHECKS) StartupEvent event) {
        var check = config.reloadPeriod();
        ConfigRange.require("gateway.callers.reload-period", check, Duration.ofSeconds(1), Duration.ofHours(1));
        requireAnyCaller(registry);
        if (config.anonymous()) {
            LOG.warn("gateway.callers.anonymous is true: the JSON API accepts requests without a key from every client");
        }
        config.file().ifPresent(file -> {
            if (!Arrays.equals(CallersFile.read(file), applied)) {
                throw CallersFile.invalid(file, "must not change while the gateway starts");
            }
            checkAfter(check, file);
        });
    }

    void registerMetrics(@Observes @Priority(AFTER_OTHER_CHECKS) StartupEvent event, MeterRegistry meters) {
        Gauge.builder("gateway.callers.file.rejected", this, callers -> callers.rejection.isEmpty() ? 0 : 1)
                .description("1 while gateway.callers.file breaks a rule and the gateway keeps the earlier callers")
                .register(meters);
    }

    /**
     * Schedules the next check after the last one has ended, so that a hanging file system never causes two reads at a time.
     */
    private void checkAfter(Duration check, Path file) {
        vertx.setTimer(check.toMillis(), timer -> vertx.executeBlocking(() -> {
            reload(file);
            return file;
        }).onComplete(checked -> checkAfter(check, file)));
    }

    /** Checks the file once. If the check fails, the directory keeps its callers. */
    void reload(Path file) {
        try {
            if (isUnchanged(file) && !Arrays.equals(lastRead, applied)) {
                registry = requireAnyCaller(registry(lastRead));
                applied = lastRead;
                LOG.infof("gateway.callers.file changed: the gateway now has %d callers", registry.callers().size());
            }
            if (changes == 0) {
                rejection = "";
            }
        } catch (ConfigurationException e) {
            reject(String.valueOf(e.getMessage()));
        } catch (RuntimeException unexpected) { // the message may contain a secret
            reject("gateway.callers.file " + file + " caused an unexpected exception: " + unexpected.getClass().getName());
        }
    }

    private void reject(String reason) {
        if (!rejection.equals(reason)) {
            rejection = reason;
            LOG.errorf("%s; the gateway keeps its callers", reason);
        }
    }

    /** Reads the file and compares it with the previous check. */
    private boolean isUnchanged(Path file) {
        var previous = lastRead;
        lastRead = CallersFile.read(file);
        changes = Arrays.equals(lastRead, previous) ? 0 : changes + 1;
        if (changes >= MAX_CHANGES) {
            throw CallersFile.invalid(file, "must be equal at two consecutive checks, but changed at each of the last ten");
        }
        return changes == 0;
    }

    private CallerRegistry registry(byte[] content) {
        var all = new HashMap<>(config.named());
        config.file().map(file -> CallersFile.parse(file, content)).orElse(Map.of()).forEach((name, caller) -> {
            if (all.put(name, caller) != null) {
                throw new ConfigurationException("gateway.callers.named." + name
                        + " must be in the configuration or in gateway.callers.file, but not in both");
            }
        });
        var current = new CallerRegistry(all);
        for (var caller : current.callers()) {
            quotas.register(caller);
        }
        return current;
    }

    private CallerRegistry requireAnyCaller(CallerRegistry registry) {
        if (registry.callers().isEmpty() && !config.anonymous()) {
            throw new ConfigurationException(
                    "gateway.callers.named must have at least one caller (new-key prints a key and its"
                            + " hash), or gateway.callers.anonymous must be true");
        }
        return registry;
    }

    /** The credentials for the Tencent Cloud API. The list is another object after each change. */
    public List<SdkCredentials> sdkCredentials() {
        return registry.sdkCredentials();
    }

    /** @return null if no caller has this API key */
    @Nullable
    Caller findByApiKey(String apiKey) {
        return registry.findByApiKey(apiKey);
    }

    /** The caller of requests without an API key; null if the configuration forbids them. */
    @Nullable
    Caller anonymousCaller() {
        return config.anonymous() ? ANONYMOUS : null;
    }
}
