/**
 * Permit leases: several replicas share one limit, and each runs its own pacer on the permits that it owns.
 *
 * <p>
 * Structure: both sides of the protocol are pure code. {@link io.cardverification.replicas.LeaseTable} is the store's side:
 * the whole state as one value, and one beat as one step. {@link io.cardverification.replicas.ReplicaCore} is the replica's
 * side: events in, beats out. A simulation runs both with random faults. Rejected: the store's side in SQL, which a test
 * reaches only through a server, and which each engine needs once more.
 *
 * <p>
 * Decision: a replica owns permits for as long as its lease holds, and asks the store up to four times a second, and up to
 * six while permits move. Rejected: one request to the store for each permit, which makes the store's latency and its
 * failures part of every request.
 *
 * <p>
 * Decision: the store orders events, and each duration is measured on one monotonic clock. The lease begins when the beat
 * was sent; the rest of a permit begins when it is received; silence is measured by the replica that reports it. So a clock
 * that differs delays a request and never sends it early. Rejected: times of the store, since its clock may step.
 *
 * <p>
 * Decision: a replica whose lease has ended owns nothing, and takes over even its old permits anew, with the rest that the
 * store names. Rejected: keeping their numbers until the store names others. Another replica may have used a permit and
 * returned it meanwhile (found by the simulation).
 *
 * <p>
 * Decision: a new permit carries the rest that is left, and a release counts only if the sender knows the grant. Otherwise a
 * repeated release would erase the rest of a permit that another replica has used meanwhile.
 *
 * <p>
 * Decision: a store that may have lost commits begins an epoch, in which nothing is owned. The replicas redeclare what they
 * hold under a lease, and the remainder stays unused until one of them has waited for the grace. Only then the epoch is
 * settled. An empty store is such a store. Rejected: believing it, which sent 40 requests in one second.
 *
 * <p>
 * Decision: everything in a beat but the sender's own row counts only within the epoch that the sender knows. So a delayed
 * message of an earlier epoch cannot name a replica silent that has redeclared its permits.
 *
 * <p>
 * Decision: shares follow the backlogs, with hysteresis of one permit. A replica above its target leaves rested permits
 * unused while tasks wait, since otherwise a saturated replica never has a rested one to give up.
 *
 * <p>
 * Decision: the oldest replica adapts N for all, on the counts of all rows, and J is the largest margin of all rows. The
 * startup margin of a replica applies to its own departures only: its own cold code delays them.
 *
 * <p>
 * May import {@code verification}, {@code pacing} and {@code store}.
 */
@NullMarked
package io.cardverification.replicas;

import org.jspecify.annotations.NullMarked;
