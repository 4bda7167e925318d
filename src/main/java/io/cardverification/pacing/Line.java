package io.cardverification.pacing;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * One lane: who was sent back first, then round-robin over callers, then first come, first served.
 *
 * <p>
 * Every operation is O(1). Threads: none of its own; the owner's lock guards it.
 */
final class Line {

    private final Set<Turn<?>> returned = new LinkedHashSet<>();
    /** The caller whose turn it is comes first. None is empty. */
    private final Map<String, Set<Turn<?>>> round = new LinkedHashMap<>();
    private int size;

    int size() {
        return size;
    }

    void add(Turn<?> turn) {
        round.computeIfAbsent(turn.place().caller(), caller -> new LinkedHashSet<>()).add(turn);
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
        } else if (own != null && own.remove(turn)) {
            size--;
            if (own.isEmpty()) {
                round.remove(caller);
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
        callers.remove();
        var turn = first(caller.getValue());
        if (!caller.getValue().isEmpty()) {
            round.put(caller.getKey(), caller.getValue());
        }
        return turn;
    }

    private static Turn<?> first(Set<Turn<?>> turns) {
        var iterator = turns.iterator();
        var turn = iterator.next();
        iterator.remove();
        return turn;
    }

    /** At most how many of this lane leave before one that joins now: of every other caller, no more than of its own. */
    int ahead(String caller) {
        var own = round.get(caller);
        long ahead = own == null ? 0 : own.size();
        var others = round.size() - (own == null ? 0 : 1);
        return (int) Math.min(size, returned.size() + ahead + others * (ahead + 1));
    }
}
