package io.cardverification.http;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Handler;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.Logger;
import org.jboss.logmanager.handlers.ConsoleHandler;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;

/** Replaces every console handler of every logger by an {@link AsyncConsole}. */
@Singleton
final class ConsoleLogging implements MeterBinder {

    /** After all observers that may stop the start: the process must write the error line before it ends. */
    private static final int LAST = Integer.MAX_VALUE;

    private final LongAdder discarded = new LongAdder();
    private final Map<Handler, AsyncConsole> consoles = new HashMap<>();

    void start(@Observes @Priority(LAST) StartupEvent event) {
        if (LaunchMode.current() == LaunchMode.NORMAL) { // in dev mode and tests, Quarkus and Surefire set their own streams
            System.setOut(stream(FileDescriptor.out));
            System.setErr(stream(FileDescriptor.err));
        }
        var context = LogContext.getLogContext();
        replaceHandlers(context.getLogger(""));
        context.getLoggerNames().asIterator().forEachRemaining(name -> replaceHandlers(context.getLogger(name)));
    }

    /**
     * Quarkus flushes both streams when it ends. A console handler holds the lock of the old stream during a stuck write,
     * so the flush must use new streams.
     */
    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    private void replaceHandlers(Logger logger) {
        if (logger.getHandlers().length > 0) {
            logger.setHandlers(asynchronous(logger.getHandlers()));
        }
    }

    private Handler[] asynchronous(Handler[] handlers) {
        return Arrays.stream(handlers).map(this::asynchronous).toArray(Handler[]::new);
    }

    private Handler asynchronous(Handler handler) {
        if (handler instanceof ConsoleHandler console) {
            return consoles.computeIfAbsent(console, each -> new AsyncConsole(console, discarded));
        }
        if (handler instanceof ExtHandler outer && outer.getHandlers().length > 0) {
            outer.setHandlers(asynchronous(outer.getHandlers()));
        }
        return handler;
    }

    void stop(@Observes @Priority(LAST) ShutdownEvent event) {
        consoles.values().forEach(AsyncConsole::close);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionCounter.builder("gateway.console.discarded", discarded, LongAdder::sum)
                .description("Log lines that the gateway discarded because no process read standard output").register(registry);
    }
}
