/**
 * THE METRONOME: who may leave next, and when.
 *
 * <p>
 * Decision: a sliding log with a margin. No window of {@code W} holds more than {@code N} arrivals under delay jitter
 * {@code J} if and only if departures {@code k} and {@code k + N} are at least {@code W + J} apart, and the greedy log is
 * the earliest schedule that keeps this. Rejected, each measured over the limit or far below it: token buckets and bursty
 * windows (40 in one second), an even pace of 50 ms (21), limiters that refuse instead of queueing.
 *
 * <p>
 * Decision: late binding. A permit looks for a waiter when it falls due; no waiter owns a place in the future, so one that
 * leaves costs nobody anything.
 *
 * <p>
 * Decision: a permit is held until its request leaves, which the sender says just before the bytes are written. Rejected:
 * the time of the grant, since connecting, handshakes and cold code lie between the two and are not alike for any two.
 *
 * <p>
 * Decision: nothing is counted that never left, and nothing leaves that was taken back: one lock decides between a departure
 * and
 * a withdrawal. What has departed cannot be called back, and so runs on when all its riders have left. Rejected: cancelling it,
 * which saves nothing and loses the answer, and with it the knowledge of what was charged.
 *
 * <p>
 * Decision: a turn is a piece of work, and riders are those who wait for it. Many riders take one place and one permit, at the
 * best place that any of them has; each has its own deadline. Rejected: a place for each, which would count one request many
 * times in every prediction.
 *
 * <p>
 * Decision: what is configured is the most that is ever sent; what the upstream refuses of that lowers it for a while. What was
 * refused was free and goes back to the head of its lane, five times at most, and never beyond its deadline. Rejected: retries
 * by the sender, which would leave without a permit or wait behind everybody.
 *
 * <p>
 * Decision: what fails and is sent again goes to the head of its caller's line and takes that caller's turn, so that no caller
 * gets more permits than its weight by asking what has to be sent several times. Rejected: the head of the lane for all.
 *
 * <p>
 * Decision: predictions are upper bounds from counts alone, O(1): who is refused by them might just have made it, who is
 * admitted waits longer only where others with precedence come later.
 *
 * <p>
 * Decision: integers and nanoseconds, time and timer passed in, so that tests run in virtual time. Imports nothing of ours.
 */
@NullMarked
package io.cardverification.pacing;

import org.jspecify.annotations.NullMarked;
