package io.cardverification.ledger;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.StreamSupport;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Opens the ledger before the first request, and writes the remaining lines when the process stops. */
@Singleton
final class LedgerLifecycle {

    private static final Logger LOG = Logger.getLogger(LedgerLifecycle.class);

    private static final String OBSOLETE_PREFIX = "quarkus.log.category.\"audit\".";

    /** How long a stop waits for a slow reader, well within the grace period of orchestrators. */
    private static final Duration MAX_CLOSE_WAIT = Duration.ofSeconds(5);

    private static final Duration MAX_PRINT_WAIT = Duration.ofSeconds(2);

    private final LedgerConfig config;

    LedgerLifecycle(LedgerConfig config) {
        this.config = config;
    }

    @Produces
    @Singleton
    LedgerWriter writer() {
        return new LedgerWriter(config.file().<LedgerOutput> map(LedgerFile::new).orElseGet(StandardOutput::new),
                System::nanoTime);
    }

    /** @throws ConfigurationException naming the setting, if the ledger cannot be opened */
    void start(@Observes StartupEvent event, LedgerWriter writer, Config all) {
        requireNoObsoleteKeys(all);
        try {
            writer.start();
        } catch (IOException e) {
            throw new ConfigurationException("gateway.ledger.file must be a writable file, but "
                    + config.file().map(Object::toString).orElse("standard output") + " cannot be opened: "
                    + LedgerWriter.reason(e));
        }
    }

    /**
     * Earlier versions wrote the ledger by a logger. The gateway does not start with such a setting, because it would have
     * no effect.
     */
    private static void requireNoObsoleteKeys(Config all) {
        StreamSupport.stream(all.getPropertyNames().spliterator(), false).filter(name -> name.startsWith(OBSOLETE_PREFIX))
                .findFirst()
                .ifPresent(name -> {
                    throw new ConfigurationException(name + " must not be set: the ledger is not a logger; set"
                            + " gateway.ledger.file instead");
                });
    }

    /** Runs after all waiting requests have their answers. */
    void stop(@Observes ShutdownEvent event, LedgerWriter writer) {
        var lostLines = writer.close(MAX_CLOSE_WAIT);
        if (lostLines > 0) {
            var message = lostLines + " lines of the ledger could not be written and are lost";
            LOG.error(message);
            if (config.file().isEmpty()) {
                printError(message);
            }
        }
    }

    /**
     * Uses standard error, because the log is stuck if standard output is. Both may be the same pipe, so the wait is short.
     */
    private static void printError(String message) {
        var printing = new Thread(() -> new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8)
                .println(message), "ledger");
        printing.setDaemon(true);
        printing.start();
        try {
            printing.join(MAX_PRINT_WAIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
