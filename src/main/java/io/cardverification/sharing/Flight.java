package io.cardverification.sharing;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.cardverification.verification.Charge;
import io.cardverification.verification.Conclusion;
import io.cardverification.verification.Inquiry;
import io.cardverification.verification.Ledger.Entry;

/**
 * One inquiry, all who await it, and those who have left it.
 *
 * <p>
 * Threads: any; its own lock guards it, for a few instructions.
 */
final class Flight {

    /** The last of so many, and what it cost: who had no patience for more was told of an earlier one. */
    private record Attempt(int number, Charge charge) {
    }

    private final String initiator;
    private final long nextDayNanos;
    /** Each is made when it is needed, and mostly it is not: thousands of flights may wait. */
    private Set<ByteBuffer> idempotencyKeys = Set.of();
    private Set<Attempt> told = Set.of();
    private List<Asker> leavers = List.of();
    private @Nullable Inquiry inquiry;
    private int aboard;
    private boolean closed;
    private @Nullable Conclusion conclusion;

    /**
     * @param initiator the caller whose request opens it
     * @param nextDayNanos when the next charge day begins: an answer that comes after midnight may be of the day before
     */
    Flight(String initiator, long nextDayNanos) {
        this.initiator = initiator;
        this.nextDayNanos = nextDayNanos;
    }

    String initiator() {
        return initiator;
    }

    long nextDayNanos() {
        return nextDayNanos;
    }

    /** Before anybody boards. */
    synchronized void inquire(Inquiry inquiry) {
        this.inquiry = inquiry;
    }

    /** @throws IllegalStateException before {@link #inquire} */
    synchronized Inquiry inquiry() {
        if (inquiry == null) {
            throw new IllegalStateException("it has no inquiry yet");
        }
        return inquiry;
    }

    /** @param idempotencyKey null for none */
    synchronized Flight board(@Nullable ByteBuffer idempotencyKey) {
        aboard++;
        if (idempotencyKey != null) {
            idempotencyKeys = idempotencyKeys.isEmpty() ? new HashSet<>() : idempotencyKeys;
            idempotencyKeys.add(idempotencyKey);
        }
        return this;
    }

    synchronized boolean hasAboard(ByteBuffer idempotencyKey) {
        return idempotencyKeys.contains(idempotencyKey);
    }

    /** Of all who are told of an attempt, one is told of its charge as its own and the others as shared. */
    synchronized Conclusion tell(Conclusion conclusion) {
        var delivery = conclusion.delivery();
        told = told.isEmpty() ? new HashSet<>() : told;
        return conclusion.charge() == Charge.NOT_SENT || told.add(new Attempt(delivery.attempts(), conclusion.charge()))
                ? conclusion
                : conclusion.delivered(delivery.asShared());
    }

    /**
     * @param leaver who leaves before the answer; null for one who was told
     * @return whether nobody is left and nothing was sent, and so all is over
     */
    synchronized boolean leave(@Nullable Asker leaver) {
        if (leaver != null) {
            leavers = leavers.isEmpty() ? new ArrayList<>() : leavers;
            leavers.add(leaver);
        }
        return --aboard == 0 && !closed && !inquiry().isBeyondRecall();
    }

    /**
     * @param conclusion null where nothing was sent
     * @return what has been waiting for it by an idempotency key
     */
    synchronized Set<ByteBuffer> close(@Nullable Conclusion conclusion) {
        this.closed = true;
        this.conclusion = conclusion;
        return idempotencyKeys;
    }

    /** What can be written down of those who left: nothing before the end. Each is handed out once. */
    synchronized List<Entry> writable() {
        if (!closed || leavers.isEmpty()) {
            return List.of();
        }
        var entries = leavers.stream().map(leaver -> leaver.left(conclusion == null ? null : tell(conclusion), initiator))
                .toList();
        leavers = List.of();
        return entries;
    }
}
