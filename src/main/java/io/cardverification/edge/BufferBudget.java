package io.cardverification.edge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Bounds what all connections together hold in unfinished requests and unread answers.
 *
 * <p>
 * Above the bound the oldest holders are closed, of those that hold at least the average of their kind: a request of ordinary
 * size that is under way is never the one. Those without a valid key go first, if theirs is the larger part.
 *
 * <p>
 * Threads: any. Only connections that hold something across two reads come here, so that ordinary requests never meet its lock.
 */
final class BufferBudget<T> {

    private final long maxBytes;
    private final Predicate<T> isAuthenticated;
    /** By when they began to hold something, the oldest first. */
    private final Map<T, Long> held = new LinkedHashMap<>();
    private long total;

    BufferBudget(long maxBytes, Predicate<T> isAuthenticated) {
        this.maxBytes = maxBytes;
        this.isAuthenticated = isAuthenticated;
    }

    /**
     * @param bytes all that it holds now, instead of before; zero for nothing
     * @return those to be closed, which are counted no more
     */
    synchronized List<T> setHeldBytes(T holder, long bytes) {
        var before = bytes > 0 ? held.put(holder, bytes) : held.remove(holder);
        total += bytes - (before == null ? 0 : before);
        return total > maxBytes ? close() : List.of();
    }

    /** An eighth more than needed, so that it need not look for the next one at each byte. */
    private List<T> close() {
        var closed = new ArrayList<T>();
        while (total > maxBytes - maxBytes / 8 && !held.isEmpty()) {
            long byOthers = 0;
            var others = 0;
            for (var each : held.entrySet()) {
                if (!isAuthenticated.test(each.getKey())) {
                    byOthers += each.getValue();
                    others++;
                }
            }
            var authenticated = byOthers < total - byOthers;
            var average = authenticated ? (total - byOthers) / (held.size() - others) : byOthers / others;
            for (var all = held.entrySet().iterator(); all.hasNext() && total > maxBytes - maxBytes / 8;) {
                var each = all.next();
                if (isAuthenticated.test(each.getKey()) == authenticated && each.getValue() >= average) {
                    total -= each.getValue();
                    all.remove();
                    closed.add(each.getKey());
                }
            }
        }
        return closed;
    }

    synchronized long total() {
        return total;
    }

    long maxBytes() {
        return maxBytes;
    }
}
