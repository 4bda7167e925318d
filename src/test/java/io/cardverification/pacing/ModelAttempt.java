package io.cardverification.pacing;

import java.time.Duration;
import java.util.Random;

/** One dispatched attempt, as the shell and the sender treat it. */
final class ModelAttempt {

    private final PacerModel model;
    private final ModelTask task;
    private final Permit permit;
    private boolean isStarted;
    private boolean isCancellable;
    private boolean isCancelled;

    ModelAttempt(PacerModel model, ModelTask task, Permit permit) {
        this.model = model;
        this.task = task;
        this.permit = permit;
    }

    /** Whether the permit is neither used nor ended. */
    boolean isHeld() {
        return !permit.isSent() && !permit.endedUnsent();
    }

    void checkDistinctFrom(ModelAttempt other) {
        model.check(permit != other.permit, "a permit was used twice");
        model.check(task != other.task || other.permit.endedUnsent(), "a task was dispatched while it ran");
    }

    /** The two steps of the shell: before the attempt starts, and after. */
    void start(PacerCore core) {
        if (!isStarted) {
            isStarted = true;
            if (!core.isCurrent(task.state, permit)) {
                model.ended(this);
                model.check(!isHeld(), "a permit was lost by an attempt that never started");
            }
        } else if (!isCancellable) {
            isCancellable = core.started(task.state, permit, () -> isCancelled = true);
            isCancelled |= !isCancellable;
        }
    }

    void markSent() {
        if (isStarted) {
            var wasHeld = isHeld();
            var mayBeSent = !permit.endedUnsent();
            model.apply(() -> model.check(permit.markSent() == mayBeSent, "a revoked permit was used"));
            if (wasHeld) {
                task.sent();
                model.recordDeparture();
            }
        }
    }

    void revoke() {
        var isSent = permit.isSent();
        model.apply(() -> model.check(permit.revoke() != isSent, "a permit was revoked after its request was sent"));
        model.addPoll();
    }

    void complete(PacerCore core, Random random) {
        if (isStarted) {
            complete(core, random, switch (random.nextInt(8)) {
                case 0, 1 ->
                    new Attempt.RetryAfter<>(task.number(),
                            Duration.ofMillis(random.nextInt(3) * (long) random.nextInt(1_000)));
                case 2, 3 -> new Attempt.RateLimited<>(task.number(), "RequestLimitExceeded");
                default -> new Attempt.Done<>(task.number());
            });
        }
    }

    void finish(PacerCore core, Random random) {
        isStarted = true;
        complete(core, random, new Attempt.Done<>(task.number()));
    }

    /** A cancelled attempt ends now and then nevertheless, since its response may race with the cancel. */
    private void complete(PacerCore core, Random random, Attempt<Integer> end) {
        model.ended(this);
        if (!isCancelled || random.nextInt(4) == 0) {
            if (isHeld()) {
                model.recordDeparture();
            }
            model.apply(() -> core.complete(task.state, permit, end, model.nowNanos()));
            model.addPoll();
        }
        model.check(!isHeld(), "a permit was lost by an attempt that has ended");
    }
}
