package io.cardverification.audit;

import java.util.logging.Handler;
import java.util.logging.Logger;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jboss.logmanager.formatters.StructuredFormatter;

import io.quarkus.runtime.StartupEvent;

/**
 * Sees to it that a line of the ledger is written as it is: where logs are JSON, Quarkus formats every console handler so,
 * whatever
 * that handler's format says (read in its LoggingSetupRecorder, 3.33), and a line would be a string within another.
 */
@Singleton
final class PlainLines {

    void start(@Observes StartupEvent event) {
        unwrap(Logger.getLogger(AuditLog.LOGGER).getHandlers());
    }

    private static void unwrap(Handler[] handlers) {
        for (var handler : handlers) {
            if (handler.getFormatter() instanceof StructuredFormatter) {
                handler.setFormatter(new PatternFormatter("%s%n"));
            }
            if (handler instanceof ExtHandler outer) {
                unwrap(outer.getHandlers());
            }
        }
    }
}
