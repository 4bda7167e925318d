package io.cardverification.replicas;

import org.jspecify.annotations.Nullable;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * The content of the last accepted reply. An immutable value.
 *
 * @param id of this replica
 * @param reply null before the first one
 * @param sentNanos when the beat was sent, on the monotonic clock
 * @param latencyNanos from the send to the reply
 * @param leaseNanos the length of a lease
 * @param failure why the store did not answer the beats since then, in words and without secrets; null if it did
 */
public record LeaseStatus(long id, @Nullable BeatReply reply, long sentNanos, long latencyNanos, long leaseNanos,
        @Nullable String failure) {

    /** Before the first reply. */
    static LeaseStatus none(long id) {
        return new LeaseStatus(id, null, 0, 0, 0, null);
    }

    LeaseStatus with(@Nullable String failure) {
        return new LeaseStatus(id, reply, sentNanos, latencyNanos, leaseNanos, failure);
    }

    /** Whether the lease of that beat holds. */
    public boolean holds(long nowNanos) {
        return reply != null && nowNanos - sentNanos < leaseNanos;
    }

    /** The time until the lease ends; zero without one. */
    public long remainingNanos(long nowNanos) {
        return holds(nowNanos) ? leaseNanos - (nowNanos - sentNanos) : 0;
    }

    public int permits() {
        return reply == null ? 0 : reply.permits().size();
    }

    public int replicas() {
        return reply == null ? 0 : reply.replicas().size();
    }

    /** For the operator. */
    public JsonObject json(long nowNanos) {
        var json = new JsonObject().put("replica", id).put("leaseRemainingMillis", remainingNanos(nowNanos) / 1_000_000)
                .put("beatMillis", latencyNanos / 1e6);
        if (failure != null) {
            json.put("failure", failure);
        }
        if (reply == null) {
            return json;
        }
        var rows = new JsonArray();
        reply.replicas().forEach(row -> rows.add(new JsonObject().put("replica", row.id()).put("leaving", row.leaving())
                .put("demand", row.demand()).put("sent", row.sent()).put("rejectedByUpstream", row.rejected())));
        return json.put("epoch", reply.epoch()).put("settled", reply.settled()).put("permits", reply.permits().size())
                .put("target", reply.target()).put("replicas", rows);
    }
}
