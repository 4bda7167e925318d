package io.cardverification.pacing;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * One lane: who was sent back first, then round-robin over callers, each as often in a row as it weighs, then first come, first
 * served.
 *
 * <p>
 * Every operation is O(1). Threads: none of its own; the owner's lock guards it.
 */
final class Line {

    /** What one caller has waiting here. */
    private static final class Own {

        private final Set<Turn<?>> turns = new LinkedHashSet<>();
        private int weight;
        /** How many more may leave before it is the next caller's turn. */
        private int left;

        void weigh(int weight) {
            this.left = left == this.weight ? weight : Math.min(left, weight);
            this.weight = weight;
        }

        /** At most how often every other caller has its turn before one that joins now has left. */
        long visitsOfOthers() {
            var joined = turns.size() + 1L;
            var beyond = left < weight ? Math.max(0, joined - left) : joined;
            return (beyond + weight - 1) / weight;
        }
    }

    private final Set<Turn<?>> returned = new LinkedHashSet<>();
    /** The caller whose turn it is comes first. None is empty. */
    private final Map<String, Own> round = new LinkedHashMap<>();
    private long weights;
    private int size;

    int size() {
        return size;
    }

    /** A caller weighs as much as its latest turn says. */
    void add(Turn<?> turn) {
        var place = turn.place();
        var own = round.computeIfAbsent(place.caller(), caller -> new Own());
        weights += place.weight() - own.weight;
        own.weigh(place.weight());
        own.turns.add(turn);
        size++;
    }

    void addReturned(Turn<?> turn) {
        returned.add(turn);
        size++;
    }

    boolean hasReturned(Turn<?> turn) {
        return returned.contains(turn);
    }

    void remove(Turn<?> turn) {
        var caller = turn.place().caller();
        var own = round.get(caller);
        if (returned.remove(turn)) {
            size--;
        } else if (own != null && own.turns.remove(turn)) {
            size--;
            if (own.turns.isEmpty()) {
                round.remove(caller);
                weights -= own.weight;
            }
        }
    }

    /** Takes the next one out; there must be one. */
    Turn<?> next() {
        size--;
        if (!returned.isEmpty()) {
            return first(returned);
        }
        var callers = round.entrySet().iterator();
        var caller = callers.next();
        var own = caller.getValue();
        var turn = first(own.turns);
        if (own.turns.isEmpty()) {
            callers.remove();
            weights -= own.weight;
        } else if (--own.left == 0) {
            callers.remove();
            own.left = own.weight;
            round.put(caller.getKey(), own);
        }
        return turn;
    }

    private static Turn<?> first(Set<Turn<?>> turns) {
        var iterator = turns.iterator();
        var turn = iterator.next();
        iterator.remove();
        return turn;
    }

    /** At most how many of this lane leave before one that joins now. */
    int ahead(Place place) {
        var own = round.get(place.caller());
        if (own == null) {
            return (int) Math.min(size, returned.size() + weights);
        }
        return (int) Math.min(size, returned.size() + own.turns.size() + own.visitsOfOthers() * (weights - own.weight));
    }
}
