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

import io.cardverification.verification.Caller;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;

/**
 * Who is known now: those of the configuration and those of the file.
 *
 * <p>
 * A file is taken at the second of two reads that are equal, a check apart, so that one that is being written is not: a link
 * that is changed to another file, as Kubernetes does, is taken one check later than it is seen. The start cannot wait for a
 * check, which would delay every pod by it: it reads twice in its course, and refuses a file that differs.
 *
 * <p>
 * Threads: any may ask; only the one who watches the file changes it, by replacing the whole.
 */
@Singleton
public final class CallerDirectory {

    private static final Logger LOG = Logger.getLogger(CallerDirectory.class);
    private static final Caller ANONYMOUS = Caller.unlimited(CallerRegistry.ANONYMOUS);
    private static final int AFTER_OTHER_CHECKS = 10_000;

    /** So many in a row that find another file are trouble: it will never be taken. */
    private static final int MAX_CHANGES = 10;

    private final CallersConfig config;
    private final InMemoryCallerQuotas quotas;
    private final Vertx vertx;
    private volatile CallerRegistry registry;
    /** The watcher's own, which is never at work twice at a time: what was taken, and what was read last. */
    private byte[] applied;
    private byte[] lastRead;
    private int changes;
    /** Why the file is not taken; empty where it is. */
    private volatile String rejection = "";

    /** @throws ConfigurationException naming the key and the rule that is broken */
    CallerDirectory(CallersConfig config, InMemoryCallerQuotas quotas, Vertx vertx) {
        this.config = config;
        this.quotas = quotas;
        this.vertx = vertx;
        this.applied = config.file().map(CallersFile::read).orElse(new byte[0]);
        this.lastRead = applied;
        this.registry = registry(applied);
    }

    /** Late, so that who has configured nothing at all is told of the upstream's keys first. */
    void start(@Observes @Priority(AFTER_OTHER_CHECKS) StartupEvent event) {
        var check = config.fileCheck();
        if (check.compareTo(Duration.ofSeconds(1)) < 0 || check.compareTo(Duration.ofHours(1)) > 0) {
            throw new ConfigurationException("gateway.callers.file-check must be 1 s to an hour");
        }
        requireAnyCaller(registry);
        if (config.anonymous()) {
            LOG.warn("gateway.callers.anonymous: whoever reaches the front door may verify");
        }
        config.file().ifPresent(file -> {
            if (!Arrays.equals(CallersFile.read(file), applied)) {
                throw CallersFile.invalid(file, "must not change while the gateway starts");
            }
            checkAfter(check, file);
        });
    }

    void registerMetrics(@Observes @Priority(AFTER_OTHER_CHECKS) StartupEvent event, MeterRegistry meters) {
        Gauge.builder("gateway.callers.file.refused", this, callers -> callers.rejection.isEmpty() ? 0 : 1)
                .description("1 while gateway.callers.file breaks a rule, and those who were known before stay known")
                .register(meters);
    }

    /** One after another, so that a file system that hangs does not bring two reads together. */
    private void checkAfter(Duration check, Path file) {
        vertx.setTimer(check.toMillis(), timer -> vertx.executeBlocking(() -> {
            reload(file);
            return file;
        }).onComplete(checked -> checkAfter(check, file)));
    }

    /** Where it fails, all stays as it was. */
    void reload(Path file) {
        try {
            if (isUnchanged(file) && !Arrays.equals(lastRead, applied)) {
                registry = requireAnyCaller(registry(lastRead));
                applied = lastRead;
                LOG.infof("gateway.callers.file has changed: %d callers are known", registry.callers().size());
            }
            if (changes == 0) {
                rejection = "";
            }
        } catch (ConfigurationException e) {
            reject(String.valueOf(e.getMessage()));
        } catch (RuntimeException unexpected) { // its message may hold anything
            reject("gateway.callers.file " + file + " met a defect, cause: " + unexpected.getClass().getName());
        }
    }

    private void reject(String reason) {
        if (!rejection.equals(reason)) {
            rejection = reason;
            LOG.errorf("%s; those who were known before stay known", reason);
        }
    }

    /** Whether it is as it was a check before. */
    private boolean isUnchanged(Path file) {
        var previous = lastRead;
        lastRead = CallersFile.read(file);
        changes = Arrays.equals(lastRead, previous) ? 0 : changes + 1;
        if (changes >= MAX_CHANGES) {
            throw CallersFile.invalid(file, "must be the same at two checks, and has changed at each of the last ten");
        }
        return changes == 0;
    }

    private CallerRegistry registry(byte[] content) {
        var all = new HashMap<>(config.named());
        config.file().map(file -> CallersFile.parse(file, content)).orElse(Map.of()).forEach((name, caller) -> {
            if (all.put(name, caller) != null) {
                throw new ConfigurationException("gateway.callers.named." + name
                        + " must be in the configuration or in gateway.callers.file, and not in both");
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
                    "gateway.callers.named must name somebody who may ask (new-key prints a key and its"
                            + " hash), or gateway.callers.anonymous must be true");
        }
        return registry;
    }

    /** Those that were issued for the SDK door; another list when anything has changed. */
    public List<SdkCredentials> sdkCredentials() {
        return registry.sdkCredentials();
    }

    /** @return null where nobody has this key to the front door */
    @Nullable
    Caller findByApiKey(String apiKey) {
        return registry.findByApiKey(apiKey);
    }

    /** Who comes to the front door without a key; null where nobody may. */
    @Nullable
    Caller anonymousCaller() {
        return config.anonymous() ? ANONYMOUS : null;
    }
}
