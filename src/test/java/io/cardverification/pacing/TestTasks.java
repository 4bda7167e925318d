package io.cardverification.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import java.util.function.Function;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

/** Tasks for tests, and the results of their waiters. */
final class TestTasks {

    private TestTasks() {
    }

    /** A task whose only attempt ends with the item of {@code work}. */
    static <T> PacedTask<T> task(Pacer pacer, Function<Permit, Uni<T>> work) {
        return attempts(pacer, permit -> work.apply(permit).map(Attempt.Done::new));
    }

    static <T> PacedTask<T> attempts(Pacer pacer, Function<Permit, Uni<Attempt<T>>> work) {
        return attempts(pacer, work, outcome -> {
        });
    }

    static <T> PacedTask<T> attempts(Pacer pacer, Function<Permit, Uni<Attempt<T>>> work, Consumer<T> onCompleted) {
        return pacer.task(work, failure -> {
            throw new AssertionError(failure);
        }, onCompleted);
    }

    static <T> T outcome(UniAssertSubscriber<TaskResult<T>> waiter) {
        return outcome(waiter.assertCompleted().getItem());
    }

    static <T> T outcome(TaskResult<T> result) {
        assertThat(result).isInstanceOf(TaskResult.Completed.class);
        return ((TaskResult.Completed<T>) result).outcome();
    }

    static <T> PermitDenied denial(UniAssertSubscriber<TaskResult<T>> waiter) {
        var result = waiter.assertCompleted().getItem();
        assertThat(result).isInstanceOf(TaskResult.Denied.class);
        return ((TaskResult.Denied<T>) result).denial();
    }
}
