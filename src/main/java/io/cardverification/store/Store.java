package io.cardverification.store;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import io.cardverification.verification.CallerRequest.SharingKey;
import io.cardverification.verification.Completion;
import io.cardverification.verification.Ledger;
import io.cardverification.verification.VerificationResult;
import io.smallrye.mutiny.Uni;

/**
 * The memory that the stages of the pipeline share.
 *
 * <p>
 * The methods that return nothing are recorded in order, before every later {@link #depart}, and are never lost while the
 * process lives. Only ledger entries without a charge may come later, so that many of them do not delay departures. Ages and
 * lifetimes count from the moment of the call.
 *
 * <p>
 * Threads: any. Never blocks and never throws. A {@code Uni} fails only with {@link StoreUnavailable}, and then nothing may be
 * sent. {@link #claim} and {@link #answer} emit in the Vert.x context of their subscriber, if it has one; the others on any
 * thread.
 */
public interface Store {

    /**
     * Whether requests may be admitted: the store can be written, or has failed for less than a lease, or some calls may depart
     * without it. While it is false, nothing is sent.
     */
    boolean isAvailable();

    /** Why the store cannot be written, in words and without secrets; empty if it can. */
    Optional<String> failure();

    /** The number of records that are not written yet. */
    int pending();

    /**
     * Passes on the entries of calls whose process died while they were departing, also the earlier ones. The store has
     * appended them, and their charge is unknown. Once, before the first request.
     *
     * @param listener must not block and must not throw
     */
    void onInterrupted(Consumer<InterruptedCall> listener);

    /**
     * Binds a key to its values for the time of one request.
     *
     * @return the completion of the key or its rejection; empty if the request must proceed, and then {@link #settle} follows
     *         once
     */
    Uni<Optional<Completion>> claim(KeyClaim claim);

    /**
     * Ends the time of one request with the key. The first final completion is kept, and a known charge replaces an unknown
     * one. Without a final completion the last request in progress releases the key.
     */
    void settle(KeyClaim claim, Completion completion);

    /**
     * The answer that was kept for a question, with its age. If it cannot be read, it is empty: {@link #depart} looks again.
     */
    Uni<Optional<Completion>> answer(SharingKey question);

    /** @param ttl above zero */
    void keep(SharingKey question, VerificationResult result, Duration ttl);

    /**
     * Commits that the request of a call leaves now. Only after {@link Departure.Committed} may it be sent.
     *
     * <p>
     * If the returned {@code Uni} fails, or is not {@code Committed}, the call is not departing.
     *
     * <p>
     * If the operator has allowed it, a call without keys, whose caller has no daily limit, is {@code Committed} although the
     * store cannot be written. Its record is then kept in memory until the store can.
     */
    Uni<Departure> depart(DepartingCall call);

    /** Binds a key to a call that has departed, if the key is new. */
    void join(CallId call, KeyClaim claim);

    /**
     * Commits another attempt of a departed call. {@link Departure.NotSent} if another process has ended the call, since it
     * took
     * this one for dead.
     *
     * @param mayBeCharged whether an earlier attempt may have been charged. The caller then bears one more charge
     */
    Uni<Departure> departAgain(DepartingCall call, boolean mayBeCharged);

    /** Ends a call that was committed. Its settled keys and the ledger entries of its charges come before. */
    void end(EndedCall call);

    /** Appends one entry. */
    void append(Ledger.Entry entry, Instant at);

    /** The charges, also the possible ones, by caller, on one day of the bill. */
    Uni<Map<String, Integer>> spent(LocalDate day);
}
