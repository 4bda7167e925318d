package io.cardverification.verification;

import java.time.Duration;

/**
 * A completion that answers later requests. All times are of the {@link NanoClock}.
 *
 * @param atNanos when the completion arrived
 * @param expiresNanos when it is no longer used
 */
public record StoredCompletion(Completion completion, long atNanos, long expiresNanos) {

    /** @param completion one that arrived now, or that was itself replayed */
    public static StoredCompletion of(Completion completion, long nowNanos, long expiresNanos) {
        var ageNanos = completion.metadata().reusedAfter().map(Duration::toNanos).orElse(0L);
        return new StoredCompletion(completion, nowNanos - ageNanos, expiresNanos);
    }

    public boolean isExpired(long nowNanos) {
        return nowNanos - expiresNanos >= 0;
    }

    /** The completion for another request, with its age. */
    public Completion replay(long nowNanos) {
        return completion.with(completion.metadata().reused(Duration.ofNanos(nowNanos - atNanos)));
    }
}
