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
public final class Callers {

    private static final Logger LOG = Logger.getLogger(Callers.class);
    private static final Caller EVERYONE = Caller.unlimited(Roster.EVERYONE);
    private static final int BEHIND_OTHER_CHECKS = 10_000;

    /** So many in a row that find another file are trouble: it will never be taken. */
    private static final int MOST_CHANGES = 10;

    private final CallersConfig config;
    private final Balances balances;
    private final Vertx vertx;
    private volatile Roster roster;
    /** The watcher's own, which is never at work twice at a time: what was taken, and what was read last. */
    private byte[] taken;
    private byte[] read;
    private int changes;
    /** Why the file is not taken; empty where it is. */
    private volatile String trouble = "";

    /** @throws ConfigurationException naming the key and the rule that is broken */
    Callers(CallersConfig config, Balances balances, Vertx vertx) {
        this.config = config;
        this.balances = balances;
        this.vertx = vertx;
        this.taken = config.file().map(CallersFile::bytes).orElse(new byte[0]);
        this.read = taken;
        this.roster = roster(taken);
    }

    /** Late, so that who has configured nothing at all is told of the upstream's keys first. */
    void start(@Observes @Priority(BEHIND_OTHER_CHECKS) StartupEvent event) {
        var check = config.fileCheck();
        if (check.compareTo(Duration.ofSeconds(1)) < 0 || check.compareTo(Duration.ofHours(1)) > 0) {
            throw new ConfigurationException("gateway.callers.file-check must be 1 s to an hour");
        }
        requireSomebody(roster);
        if (config.anonymous()) {
            LOG.warn("gateway.callers.anonymous: whoever reaches the front door may verify");
        }
        config.file().ifPresent(file -> {
            if (!Arrays.equals(CallersFile.bytes(file), taken)) {
                throw CallersFile.broken(file, "must not change while the gateway starts");
            }
            checkAfter(check, file);
        });
    }

    void meter(@Observes @Priority(BEHIND_OTHER_CHECKS) StartupEvent event, MeterRegistry meters) {
        Gauge.builder("gateway.callers.file.refused", this, callers -> callers.trouble.isEmpty() ? 0 : 1)
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
            if (isSettled(file) && !Arrays.equals(read, taken)) {
                roster = requireSomebody(roster(read));
                taken = read;
                LOG.infof("gateway.callers.file has changed: %d callers are known", roster.callers().size());
            }
            if (changes == 0) {
                trouble = "";
            }
        } catch (ConfigurationException e) {
            refuse(String.valueOf(e.getMessage()));
        } catch (RuntimeException defect) { // its message may hold anything
            refuse("gateway.callers.file " + file + " met a defect, cause: " + defect.getClass().getName());
        }
    }

    private void refuse(String why) {
        if (!trouble.equals(why)) {
            trouble = why;
            LOG.errorf("%s; those who were known before stay known", why);
        }
    }

    /** Whether it is as it was a check before. */
    private boolean isSettled(Path file) {
        var before = read;
        read = CallersFile.bytes(file);
        changes = Arrays.equals(read, before) ? 0 : changes + 1;
        if (changes >= MOST_CHANGES) {
            throw CallersFile.broken(file, "must be the same at two checks, and has changed at each of the last ten");
        }
        return changes == 0;
    }

    private Roster roster(byte[] content) {
        var all = new HashMap<>(config.named());
        config.file().map(file -> CallersFile.read(file, content)).orElse(Map.of()).forEach((name, caller) -> {
            if (all.put(name, caller) != null) {
                throw new ConfigurationException("gateway.callers.named." + name
                        + " must be in the configuration or in gateway.callers.file, and not in both");
            }
        });
        var read = new Roster(all);
        for (var caller : read.callers()) {
            balances.introduce(caller);
        }
        return read;
    }

    private Roster requireSomebody(Roster roster) {
        if (roster.callers().isEmpty() && !config.anonymous()) {
            throw new ConfigurationException(
                    "gateway.callers.named must name somebody who may ask (new-key prints a key and its"
                            + " hash), or gateway.callers.anonymous must be true");
        }
        return roster;
    }

    /** Those that were issued for the SDK door; another list when anything has changed. */
    public List<KeyPair> keyPairs() {
        return roster.keyPairs();
    }

    /** @return null where nobody has this key to the front door */
    @Nullable
    Caller holding(String apiKey) {
        return roster.holding(apiKey);
    }

    /** Who comes to the front door without a key; null where nobody may. */
    @Nullable
    Caller keyless() {
        return config.anonymous() ? EVERYONE : null;
    }
}
