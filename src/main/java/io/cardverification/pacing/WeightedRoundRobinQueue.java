package io.cardverification.pacing;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * One lane: first what the upstream's limit refused, then round-robin over callers, each as often in a row as it weighs. Of one
 * caller, retries come first, then first come, first served.
 *
 * <p>
 * A retry takes one of its caller's permits in the round, so that a caller gets no more of them than it weighs,
 * however often its requests have to be sent. What the limit refused takes none: the permit was the limit's, and no
 * caller can bring a refusal about for itself alone. Rejected: all retries before all others, by which one caller
 * whose questions are answered -17 took four permits for each of the others'.
 *
 * <p>
 * Every operation is O(1). Threads: none of its own; the owner's lock guards it.
 */
final class WeightedRoundRobinQueue {

    /** What one caller has waiting here. */
    private static final class Own {

        private final Set<PacedTask<?>> retries = new LinkedHashSet<>();
        private final Set<PacedTask<?>> turns = new LinkedHashSet<>();
        private int weight;
        /** How many more may leave before it is the next caller's turn. */
        private int left;

        void weigh(int weight) {
            this.left = left == this.weight ? weight : Math.min(left, weight);
            this.weight = weight;
        }

        int size() {
            return retries.size() + turns.size();
        }

        PacedTask<?> next() {
            return first(retries.isEmpty() ? turns : retries);
        }

        /**
         * At most how often every other caller has its turn before one has left that has so many of this caller's before it.
         */
        long visitsOfOthers(int before) {
            var last = before + 1L;
            var beyond = left < weight ? Math.max(0, last - left) : last;
            return (beyond + weight - 1) / weight;
        }
    }

    private final Set<PacedTask<?>> returned = new LinkedHashSet<>();
    /** The caller whose turn it is comes first. None is empty. */
    private final Map<String, Own> round = new LinkedHashMap<>();
    private long weights;
    private int size;

    int size() {
        return size;
    }

    void add(PacedTask<?> turn) {
        own(turn.place()).turns.add(turn);
        size++;
    }

    /** Before all others of its caller, behind the retries that are there. */
    void addRetry(PacedTask<?> turn) {
        own(turn.place()).retries.add(turn);
        size++;
    }

    /** A caller weighs as much as its latest turn says. */
    private Own own(QueueOptions place) {
        var own = round.computeIfAbsent(place.caller(), caller -> new Own());
        weights += place.weight() - own.weight;
        own.weigh(place.weight());
        return own;
    }

    /** Before all others of the lane. */
    void addReturned(PacedTask<?> turn) {
        returned.add(turn);
        size++;
    }

    /** Whether it was refused by the limit, and so waits before all others of the lane. */
    boolean hasReturned(PacedTask<?> turn) {
        return returned.contains(turn);
    }

    boolean isRetry(PacedTask<?> turn) {
        var own = round.get(turn.place().caller());
        return own != null && own.retries.contains(turn);
    }

    void remove(PacedTask<?> turn) {
        var caller = turn.place().caller();
        var own = round.get(caller);
        if (returned.remove(turn)) {
            size--;
        } else if (own != null && (own.turns.remove(turn) || own.retries.remove(turn))) {
            size--;
            if (own.size() == 0) {
                round.remove(caller);
                weights -= own.weight;
            }
        }
    }

    /** Takes the next one out; there must be one. */
    PacedTask<?> next() {
        size--;
        if (!returned.isEmpty()) {
            return first(returned);
        }
        var callers = round.entrySet().iterator();
        var caller = callers.next();
        var own = caller.getValue();
        var turn = own.next();
        if (own.size() == 0) {
            callers.remove();
            weights -= own.weight;
        } else if (--own.left == 0) {
            callers.remove();
            own.left = own.weight;
            round.put(caller.getKey(), own);
        }
        return turn;
    }

    private static PacedTask<?> first(Set<PacedTask<?>> turns) {
        var iterator = turns.iterator();
        var turn = iterator.next();
        iterator.remove();
        return turn;
    }

    /** At most how many of this lane leave before one that joins now. */
    int ahead(QueueOptions place) {
        var own = round.get(place.caller());
        return ahead(own, own == null ? 0 : own.size());
    }

    /** The same for one that joins as a retry. */
    int aheadOfRetry(QueueOptions place) {
        var own = round.get(place.caller());
        return ahead(own, own == null ? 0 : own.retries.size());
    }

    private int ahead(@Nullable Own own, int before) {
        var others = own == null ? weights : before + own.visitsOfOthers(before) * (weights - own.weight);
        return (int) Math.min(size, returned.size() + others);
    }
}
