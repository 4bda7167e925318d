package io.cardverification.pacing;

import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.impl.VertxInternal;

/**
 * The one event loop that sends requests to the upstream and receives its responses. It also runs the pacer's timer. It
 * serves no caller's connection.
 *
 * <p>
 * Why: on an event loop that 10,000 callers use at once, a response waits unread behind all of them, and its timeout
 * passes meanwhile (measured: unknown charges, which opened the circuit breaker).
 *
 * <p>
 * Measured delay of a timer of 50 ms: median 0.3 ms. Netty's wheel timer is up to 50 ms late.
 */
@Singleton
public final class UpstreamEventLoop implements DelayScheduler, Executor {

    private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final Vertx vertx;
    private final Vertx own;
    private final Context context;

    /** @param vertx the instance whose clients run on this event loop */
    UpstreamEventLoop(Vertx vertx) {
        this.vertx = vertx;
        this.own = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1)
                .setPreferNativeTransport(vertx.isNativeTransportEnabled()).setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        this.context = ((VertxInternal) vertx).createEventLoopContext(((VertxInternal) own).getEventLoopGroup().next(), null,
                Thread.currentThread().getContextClassLoader());
    }

    /** Rounds up to whole milliseconds, since Vert.x accepts nothing finer. */
    @Override
    public void schedule(long delayNanos, Runnable task) {
        var delayMillis = Math.max(1, (delayNanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
        execute(() -> vertx.setTimer(delayMillis, id -> task.run()));
    }

    /** Runs the task in a context of its own, so that it does not continue the context of a request. */
    @Override
    public void execute(Runnable task) {
        context.runOnContext(ignored -> task.run());
    }

    @PreDestroy
    void stop() {
        own.close();
    }
}
