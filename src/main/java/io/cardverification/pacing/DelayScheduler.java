package io.cardverification.pacing;

/** Calls back once. Tests replace it by virtual time. */
@FunctionalInterface
interface DelayScheduler {

    /**
     * @param delayNanos above zero; the call comes later, never earlier
     * @param task must not block and must not throw
     */
    void after(long delayNanos, Runnable task);
}
