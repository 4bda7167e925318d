package io.cardverification.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Limits the bytes that all connections together hold in unfinished requests and unread responses.
 *
 * <p>
 * Above the limit it closes the oldest holders among those that hold at least the average of their kind. So it never closes
 * a connection for an unfinished request of ordinary size. It closes unauthenticated connections first if they hold the
 * larger part.
 *
 * <p>
 * Threads: any. Only connections that hold bytes across two reads call this class, so ordinary requests do not contend for
 * its lock.
 */
final class BufferBudget<T> {

    private final long maxBytes;
    private final Predicate<T> isAuthenticated;
    /** Bytes by holder, in the order in which they began to hold bytes; the oldest first. */
    private final Map<T, Long> held = new LinkedHashMap<>();
    private long total;

    BufferBudget(long maxBytes, Predicate<T> isAuthenticated) {
        this.maxBytes = maxBytes;
        this.isAuthenticated = isAuthenticated;
    }

    /**
     * Replaces the number of bytes of a holder.
     *
     * @param bytes all bytes that it now holds; zero removes it
     * @return the holders to close; the budget no longer counts them
     */
    synchronized List<T> setHeldBytes(T holder, long bytes) {
        var before = bytes > 0 ? held.put(holder, bytes) : held.remove(holder);
        total += bytes - (before == null ? 0 : before);
        return total > maxBytes ? close() : List.of();
    }

    /** Frees an eighth more than necessary, so that the search does not repeat at each byte. */
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
