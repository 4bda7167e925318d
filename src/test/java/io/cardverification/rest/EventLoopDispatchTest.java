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
    private final CompletableFuture<String> asked = new CompletableFuture<>();
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
    void who_asked_is_answered_by_the_loop_and_not_before() {
        var caller = ask();
        asked.complete("yes");
        caller.assertNotTerminated();
        loop.remove().run();
        caller.assertCompleted().assertItem("yes");
    }

    @Test
    void a_failure_is_told_as_it_is() {
        var caller = ask();
        asked.completeExceptionally(new IllegalStateException("busy"));
        loop.remove().run();
        caller.assertFailedWith(IllegalStateException.class, "busy");
    }

    @Test
    void who_leaves_before_a_failure_is_told_leaves_no_error_behind() {
        var caller = ask();
        asked.completeExceptionally(new IllegalStateException("stopping"));
        caller.cancel();
        loop.remove().run();
        caller.assertNotTerminated();
        assertThat(dropped).isEmpty();
    }

    @Test
    void who_leaves_while_it_waits_asks_no_longer() {
        ask().cancel();
        assertThat(asked).isCancelled();
    }

    private UniAssertSubscriber<String> ask() {
        return EventLoopDispatch.emitOnCaller(Uni.createFrom().completionStage(asked), loop::add).subscribe()
                .withSubscriber(UniAssertSubscriber.create());
    }
}
