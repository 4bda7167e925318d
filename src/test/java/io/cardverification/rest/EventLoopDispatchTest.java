package io.cardverification.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.infrastructure.Infrastructure;

class EventLoopDispatchTest {

    private final Queue<Runnable> loop = new ArrayDeque<>();
    private final CompletableFuture<String> result = new CompletableFuture<>();
    private final ArrayList<Throwable> dropped = new ArrayList<>();

    @BeforeEach
    void listen() {
        Infrastructure.setDroppedExceptionHandler(dropped::add);
    }

    @AfterEach
    void listenNoMore() {
        Infrastructure.resetDroppedExceptionHandler();
    }

    @Test
    void result_is_emitted_by_the_loop_and_not_before() {
        var caller = ask();
        result.complete("yes");
        caller.assertNotTerminated();
        loop.remove().run();
        caller.assertCompleted().assertItem("yes");
    }

    @Test
    void failure_is_emitted_unchanged() {
        var caller = ask();
        result.completeExceptionally(new IllegalStateException("busy"));
        loop.remove().run();
        caller.assertFailedWith(IllegalStateException.class, "busy");
    }

    @Test
    void disconnect_before_a_failure_logs_no_error() {
        var caller = ask();
        result.completeExceptionally(new IllegalStateException("stopping"));
        caller.cancel();
        loop.remove().run();
        caller.assertNotTerminated();
        assertThat(dropped).isEmpty();
    }

    @Test
    void disconnect_while_waiting_cancels_the_request() {
        ask().cancel();
        assertThat(result).isCancelled();
    }

    private UniAssertSubscriber<String> ask() {
        return EventLoopDispatch.emitOnCaller(Uni.createFrom().completionStage(result), loop::add).subscribe()
                .withSubscriber(UniAssertSubscriber.create());
    }
}
