package io.cardverification.pacing;

/** Runs a task once, after a delay. Tests replace it by virtual time. */
@FunctionalInterface
interface DelayScheduler {

    /**
     * Never blocks.
     *
     * @param delayNanos above zero; the task runs later, never earlier
     * @param task must not block and must not throw
     */
    void schedule(long delayNanos, Runnable task);
}
