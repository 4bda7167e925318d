package io.cardverification.pacing;

import io.cardverification.verification.Lane;

/**
 * Receives the events that a count does not show. Threads: any, outside the pacer's lock; must not block and must not
 * throw.
 */
interface PacerListener {

    /**
     * A task received a permit.
     *
     * @param waitedNanos of the waiter that waited longest
     */
    void onDispatch(Lane lane, long waitedNanos);

    /** The upstream rejects what the configuration allows. Called once, until {@link #onLimitRestored}. */
    void onLimitDegraded();

    /** The upstream accepts what the configuration allows, again. */
    void onLimitRestored();

    /**
     * The upstream has rejected every request for a while. Called at each beginning.
     *
     * @param rejected how many waiters the pacer rejects
     */
    void onOverload(int rejected);
}
