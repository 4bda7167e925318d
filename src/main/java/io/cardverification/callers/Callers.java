package io.cardverification.callers;

import java.io.IOException;
import java.nio.file.Files;
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
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;

/**
 * Who is known now: those of the configuration and those of the file.
 *
 * <p>
 * Threads: any may ask; only the one who watches the file changes it, by replacing the whole.
 */
@Singleton
public final class Callers {

    private static final Logger LOG = Logger.getLogger(Callers.class);
    private static final Caller EVERYONE = Caller.unlimited(Roster.EVERYONE);
    private static final int BEHIND_OTHER_CHECKS = 10_000;

    private final CallersConfig config;
    private final Balances balances;
    private final Vertx vertx;
    private volatile Roster roster;
    /** The watcher's own, which is never at work twice at a time. */
    private byte[] latest;
    private String trouble = "";

    /** @throws ConfigurationException naming the key and the rule that is broken */
    Callers(CallersConfig config, Balances balances, Vertx vertx) {
        this.config = config;
        this.balances = balances;
        this.vertx = vertx;
        this.latest = config.file().map(Callers::bytes).orElse(new byte[0]);
        this.roster = roster(latest);
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
        config.file().ifPresent(file -> vertx.setPeriodic(check.toMillis(),
                timer -> vertx.executeBlocking(() -> {
                    reload(file);
                    return file;
                })));
    }

    /** Where it fails, all stays as it was. */
    void reload(Path file) {
        try {
            var content = bytes(file);
            if (!Arrays.equals(content, latest)) {
                latest = content;
                roster = requireSomebody(roster(content));
                LOG.infof("gateway.callers.file has changed: %d callers are known", roster.callers().size());
            }
            trouble = "";
        } catch (ConfigurationException e) {
            if (!trouble.equals(e.getMessage())) {
                trouble = String.valueOf(e.getMessage());
                LOG.errorf("%s; those who were known before stay known", trouble);
            }
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ConfigurationException("gateway.callers.file " + file + " must be a file that can be read");
        }
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
