/**
 * Decides which request may be sent to the upstream next, and when.
 *
 * <p>
 * Structure: {@link io.cardverification.pacing.PacerCore} takes all decisions without locks, threads, clocks or
 * reactive types: events in, effects out. {@link io.cardverification.pacing.Pacer} is the shell: one lock, one timer;
 * it applies one event at a time and runs the effects outside the lock. A model check drives the core through random
 * orders of events. Rejected: decisions and locking in one class, in which a test reaches only the orders that threads
 * happen to produce.
 *
 * <p>
 * Decision: a sliding-window log with a margin. Departures {@code k} and {@code k + N} are at least {@code W + J}
 * apart. This is necessary and sufficient: no window of {@code W} then has more than {@code N} arrivals if the jitter
 * is at most {@code J}. The greedy log is the earliest schedule with this property. Rejected, all measured: token
 * buckets and bursty windows (40 in one second), an even pace of 50 ms (21), limiters that reject instead of queueing.
 *
 * <p>
 * Decision: late binding. The pacer chooses a waiter when a permit is free; no waiter owns a place in the future. So a
 * waiter that leaves costs the others nothing.
 *
 * <p>
 * Decision: a permit is held until the sender reports the departure, just before it writes the bytes. Rejected:
 * counting from the dispatch, since connections, handshakes and cold code lie between the two and differ for each
 * request.
 *
 * <p>
 * Decision: a request counts only if it departs, and a revoked permit never departs. One lock decides between the two.
 * A request that has departed cannot be called back, so its attempt continues without waiters. Rejected: cancelling it,
 * which saves nothing and loses the response, and with it the charge.
 *
 * <p>
 * Decision: a task has many waiters, one place in the queue and one permit. It queues at the best place of all its
 * waiters, and each waiter has its own deadline. Rejected: a place for each waiter, which counts one request many times
 * in each prediction.
 *
 * <p>
 * Decision: the configured limit is a maximum; the upstream's rejections lower it for a while. A rejected request was
 * free and returns to the head of its lane, five times at most and never beyond its deadline. Rejected: retries by the
 * sender, which need no permit or wait behind all others.
 *
 * <p>
 * Decision: a retry goes to the head of its caller's queue and takes that caller's turn. So no caller receives more
 * permits than its weight through requests that have to be sent several times. Rejected: the head of the lane for all
 * retries.
 *
 * <p>
 * Decision: a predicted wait is an upper bound, computed from counts in O(1). A denied waiter might have been in time.
 * An admitted one waits longer only if tasks with precedence join later.
 *
 * <p>
 * Decision: leased permits are a changing number in the same log, not objects. The number may be zero and changes while
 * tasks wait; a granted permit that still rests is an entry of the log as if it had departed earlier. Only rested permits
 * are given up. At each moment the departures that still rest and the held permits are at most the number owned, and the
 * numbers of all processes add up to N; this is the limit. Rejected: a log for each permit, which costs every pacer for the
 * few that share their limit.
 *
 * <p>
 * Decision: a lease is checked at the departure, not only at the dispatch, since the process may have stood still between
 * them. A denied permit ends unsent, and its task returns to the head of its lane.
 *
 * <p>
 * Decision: with leased permits a predicted wait is an estimate. It assumes the number of permits that the pacer should own,
 * adds one beat if none is free, and expects that a lost lease stays away for as long as it has been away.
 *
 * <p>
 * Decision: integers and nanoseconds; the time is an argument, so tests run in virtual time.
 *
 * <p>
 * May import {@code config}, and of {@code verification} only {@code Lane}.
 */
@NullMarked
package io.cardverification.pacing;

import org.jspecify.annotations.NullMarked;
