package io.cardverification.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.vertx.core.Context;
import io.vertx.core.Vertx;

class WorkersTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void what_an_event_loop_hands_over_is_done_by_a_worker_which_may_wait() throws Exception {
        var onEventLoop = new CompletableFuture<Boolean>();
        vertx.runOnContext(asked -> new Workers(vertx).execute(() -> onEventLoop.complete(Context.isOnEventLoopThread())));
        assertThat(onEventLoop.get(60, TimeUnit.SECONDS)).isFalse();
    }
}
