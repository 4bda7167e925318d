package io.cardverification.pacing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.NullUnmarked;

import io.cardverification.verification.Lane;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;

/** A task whose attempts end when a test says so, and its waiters. */
@NullUnmarked // subscribers return null before they end
abstract class PacedTaskFixture {

    static final Duration SPACING = Duration.ofMillis(1020);
    static final QueueOptions PATIENT = options(Lane.INTERACTIVE, Duration.ofHours(1));

    final VirtualTime time = new VirtualTime(0);
    final Pacer pacer = new Pacer(TestPacingConfig.WARM, time, time, new RecordingPacerListener());
    final List<UniEmitter<? super Attempt<String>>> sent = new ArrayList<>();
    final AtomicInteger cancelled = new AtomicInteger();
    final List<String> ended = new ArrayList<>();
    final PacedTask<String> task = TestTasks.attempts(pacer, this::send, ended::add);

    static QueueOptions options(Lane lane, Duration maxWait) {
        return new QueueOptions(lane, "caller", maxWait);
    }

    Uni<Attempt<String>> send(Permit permit) {
        permit.markSent();
        return Uni.createFrom().<Attempt<String>> emitter(sent::add).onCancellation().invoke(cancelled::incrementAndGet);
    }

    UniAssertSubscriber<TaskResult<String>> join(QueueOptions options) {
        return task.join(options).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    void spend(int permits, Lane lane) {
        spend(permits, options(lane, Duration.ofHours(1)));
    }

    void spend(int permits, QueueOptions options) {
        for (var i = 0; i < permits; i++) {
            TestTasks.task(pacer, permit -> Uni.createFrom().item("other").invoke(permit::markSent)).join(options).subscribe()
                    .with(done -> {
                    });
        }
    }
}
