package io.cardverification.pacing;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * Everyone who waits, in the order in which they leave, and in the order in which their patience ends.
 *
 * <p>
 * Interactive comes first; of every hundred permits for which both wait, batch gets its share, evenly spread. What a lane
 * does not use is the other's, and no lane saves up.
 *
 * <p>
 * Joining, leaving and the next one are O(log n). Threads: none of its own; the owner's lock guards it.
 */
final class LaneScheduler {

    private static final int WHOLE = 100;

    private final WeightedRoundRobinQueue interactive = new WeightedRoundRobinQueue();
    private final WeightedRoundRobinQueue batch = new WeightedRoundRobinQueue();
    private final TreeSet<Waiter<?>> deadlines = new TreeSet<>();
    private final int batchPercent;
    private int owedPercent;

    /** @param batchPercent 0 to 90 */
    LaneScheduler(int batchPercent) {
        Preconditions.require(batchPercent >= 0 && batchPercent <= 90, "batch-percent must be 0 to 90, but is " + batchPercent);
        this.batchPercent = batchPercent;
    }

    boolean isEmpty() {
        return interactive.size() + batch.size() == 0;
    }

    int size(QueueLane lane) {
        return line(lane).size();
    }

    private WeightedRoundRobinQueue line(QueueLane lane) {
        return lane == QueueLane.INTERACTIVE ? interactive : batch;
    }

    void add(PacedTask<?> turn) {
        line(turn.place().lane()).add(turn);
    }

    /** Before all others of its lane, and with the riders that it has. */
    void addReturned(PacedTask<?> turn) {
        line(turn.place().lane()).addReturned(turn);
        deadlines.addAll(turn.riders());
    }

    /** Before all others of its caller, and with the riders that it has. */
    void addRetry(PacedTask<?> turn) {
        line(turn.place().lane()).addRetry(turn);
        deadlines.addAll(turn.riders());
    }

    boolean hasReturned(PacedTask<?> turn) {
        return line(turn.place().lane()).hasReturned(turn);
    }

    boolean isRetry(PacedTask<?> turn) {
        return line(turn.place().lane()).isRetry(turn);
    }

    void add(Waiter<?> rider) {
        deadlines.add(rider);
    }

    void remove(Waiter<?> rider) {
        deadlines.remove(rider);
    }

    /** Its riders stay, for it to be added somewhere else. */
    void remove(PacedTask<?> turn) {
        line(turn.place().lane()).remove(turn);
    }

    /** Takes the next one out, and its riders; there must be one. */
    PacedTask<?> next() {
        var turn = lane().next();
        turn.riders().forEach(deadlines::remove);
        return turn;
    }

    private WeightedRoundRobinQueue lane() {
        if (interactive.size() == 0 || batch.size() == 0) {
            return interactive.size() == 0 ? batch : interactive;
        }
        owedPercent += batchPercent;
        if (owedPercent < WHOLE) {
            return interactive;
        }
        owedPercent -= WHOLE;
        return batch;
    }

    /** At most how many leave before one that joins now, if nobody else comes. */
    int ahead(QueueOptions place) {
        return ahead(place.lane(), line(place.lane()).ahead(place));
    }

    /** The same for one that joins as a retry. */
    int aheadOfRetry(QueueOptions place) {
        return ahead(place.lane(), line(place.lane()).aheadOfRetry(place));
    }

    /** @param own how many of its own lane leave before it */
    private int ahead(QueueLane lane, long own) {
        if (lane == QueueLane.INTERACTIVE) {
            var owed = (owedPercent + batchPercent * (own + 1)) / (WHOLE - batchPercent);
            return (int) (own + Math.min(batch.size(), owed));
        }
        if (batchPercent == 0) {
            return (int) own + interactive.size();
        }
        var permits = (WHOLE * (own + 1) - owedPercent + batchPercent - 1) / batchPercent;
        return (int) (own + Math.min(interactive.size(), permits - own - 1));
    }

    /** Whose patience ends first; null where nobody waits. */
    @Nullable
    Waiter<?> mostUrgent() {
        return deadlines.isEmpty() ? null : deadlines.first();
    }

    /** Takes everybody out. */
    List<PacedTask<?>> drain() {
        var all = new ArrayList<PacedTask<?>>();
        while (!isEmpty()) {
            all.add(next());
        }
        return all;
    }
}
