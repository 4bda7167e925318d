package io.cardverification.pacing;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;

import jakarta.enterprise.util.TypeLiteral;

import io.cardverification.verification.Lane;
import io.github.bucket4j.Bucket;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.smallrye.faulttolerance.api.Guard;
import io.smallrye.faulttolerance.api.RateLimitException;
import io.smallrye.faulttolerance.api.RateLimitType;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** All of them, each fresh. */
final class LimiterCandidates {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private LimiterCandidates() {
    }

    /** The call of a blocking limiter in each thread. */
    @FunctionalInterface
    private interface Acquire {
        void acquire() throws Exception;
    }

    /** Suppliers of all candidates; without nginx if it is not installed. */
    static List<Supplier<LimiterCandidate>> all(Vertx vertx, int sandboxPort) {
        var all = new ArrayList<Supplier<LimiterCandidate>>(List.of(
                () -> gateway(vertx, sandboxPort),
                () -> smallRye(vertx, sandboxPort, RateLimitType.FIXED),
                () -> smallRye(vertx, sandboxPort, RateLimitType.ROLLING),
                () -> blocking("Resilience4j RateLimiter", new BenchClient(vertx, sandboxPort), resilience4j()),
                () -> blocking("Bucket4j, capacity 20", new BenchClient(vertx, sandboxPort), bucket4j()),
                () -> blocking("Failsafe, bursty", new BenchClient(vertx, sandboxPort), failsafe()),
                () -> blocking("Guava RateLimiter", new BenchClient(vertx, sandboxPort), guava())));
        NginxCandidate.binary().ifPresent(binary -> all.add(() -> NginxCandidate.start(vertx, sandboxPort, binary)));
        return all;
    }

    private static LimiterCandidate gateway(Vertx vertx, int port) {
        var wire = new BenchClient(vertx, port);
        var pacer = new Pacer(TestPacingConfig.WARM, System::nanoTime, new UpstreamEventLoop(vertx),
                new RecordingPacerListener());
        return new LimiterCandidate() {
            @Override
            public String name() {
                return "this gateway's pacer";
            }

            @Override
            public void close() {
                wire.cut();
            }

            @Override
            public Runnable ask(int card, Consumer<Boolean> done) {
                var joined = pacer.task(permit -> sending(wire, card, permit), failure -> false, admitted -> {
                })
                        .join(new QueueOptions(Lane.INTERACTIVE, "caller", PATIENCE)).subscribe()
                        .with(result -> done.accept(
                                result instanceof TaskResult.Completed<Boolean> completed && completed.outcome()));
                return joined::cancel;
            }
        };
    }

    private static Uni<Attempt<Boolean>> sending(BenchClient wire, int card, Permit permit) {
        return Uni.createFrom().completionStage(() -> wire.send(card, permit::markSent))
                .map(admitted -> admitted ? new Attempt.Done<>(true)
                        : new Attempt.RateLimited<>(false, "RequestLimitExceeded"));
    }

    /** {@code @RateLimit(20)} with {@code @Retry} for as long as callers wait, since its default gives up after three. */
    private static LimiterCandidate smallRye(Vertx vertx, int port, RateLimitType type) {
        var wire = new BenchClient(vertx, port);
        var guard = Guard.create()
                .withRateLimit().limit(20).window(1, ChronoUnit.SECONDS).type(type).done()
                .withRetry().maxRetries(-1).maxDuration(PATIENCE.toSeconds(), ChronoUnit.SECONDS).delay(100, ChronoUnit.MILLIS)
                .jitter(50, ChronoUnit.MILLIS).retryOn(RateLimitException.class).done()
                .build();
        return new LimiterCandidate() {
            @Override
            public String name() {
                return "SmallRye @RateLimit " + type + " + @Retry";
            }

            @Override
            public void close() {
                wire.cut();
            }

            @Override
            public Runnable ask(int card, Consumer<Boolean> done) {
                var stage = guard.get(() -> (CompletionStage<Boolean>) wire.send(card, () -> {
                }), new TypeLiteral<CompletionStage<Boolean>>() {
                });
                var asked = stage.toCompletableFuture();
                var told = asked.whenComplete((admitted, failure) -> done.accept(failure == null && admitted));
                return () -> told.cancel(asked.cancel(true));
            }
        };
    }

    private static Acquire resilience4j() {
        var limiter = io.github.resilience4j.ratelimiter.RateLimiter.of("upstream", RateLimiterConfig.custom()
                .limitForPeriod(20).limitRefreshPeriod(Duration.ofSeconds(1)).timeoutDuration(PATIENCE).build());
        return () -> io.github.resilience4j.ratelimiter.RateLimiter.waitForPermission(limiter);
    }

    private static Acquire bucket4j() {
        var bucket = Bucket.builder().addLimit(limit -> limit.capacity(20).refillGreedy(20, Duration.ofSeconds(1))).build();
        return () -> bucket.asBlocking().consume(1);
    }

    private static Acquire failsafe() {
        var limiter = dev.failsafe.RateLimiter.<Boolean> burstyBuilder(20, Duration.ofSeconds(1)).build();
        return limiter::acquirePermit;
    }

    @SuppressWarnings("UnstableApiUsage")
    private static Acquire guava() {
        var limiter = com.google.common.util.concurrent.RateLimiter.create(20);
        return limiter::acquire;
    }

    private static LimiterCandidate blocking(String name, BenchClient wire, Acquire acquire) {
        ExecutorService threads = Executors.newCachedThreadPool();
        return new LimiterCandidate() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Runnable ask(int card, Consumer<Boolean> done) {
                var thread = threads.submit(() -> done.accept(waitAndSend(wire, acquire, card)));
                return () -> thread.cancel(true);
            }

            @Override
            public void close() {
                wire.cut();
                threads.shutdownNow();
            }
        };
    }

    private static boolean waitAndSend(BenchClient wire, Acquire acquire, int card) {
        try {
            acquire.acquire();
            return wire.send(card, () -> {
            }).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            return false;
        } catch (Exception e) {
            return false; // its own way to say that it was interrupted
        }
    }
}
