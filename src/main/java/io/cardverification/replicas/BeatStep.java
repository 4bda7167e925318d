package io.cardverification.replicas;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.cardverification.replicas.LeaseTable.Outcome;

/**
 * One beat on a copy of the lease table. Used once, by one thread.
 *
 * <p>
 * A sender that does not know the epoch changes nothing but its own row. So a delayed message of an earlier epoch neither
 * moves a permit nor names a replica silent.
 */
final class BeatStep {

    private final LeaseTable before;
    private final Beat beat;
    private final String server;
    private final int batchPercent;
    private final long me;
    private final PermitRow[] permits;
    private final List<ReplicaRow> replicas;
    private boolean settled;
    private int limit;

    BeatStep(LeaseTable before, Beat beat, String server, int batchPercent) {
        this.before = before;
        this.beat = beat;
        this.server = server;
        this.batchPercent = batchPercent;
        this.me = beat.self().id();
        this.permits = before.permits().toArray(PermitRow[]::new);
        this.replicas = new ArrayList<>(before.replicas());
        this.settled = before.settled();
        this.limit = before.limit();
    }

    Outcome apply() {
        var known = row(me);
        if (known != null && beat.self().seq() <= known.seq()) {
            return new Outcome(before, BeatReply.rejected(beat.self().seq()));
        }
        var isNewEpoch = before.epoch() == 0 || !server.equals(before.server());
        var epoch = isNewEpoch ? beat.newEpoch() : before.epoch();
        if (isNewEpoch) {
            Arrays.fill(permits, PermitRow.pooled(0));
            settled = false;
        }
        register();
        var target = 0;
        if (beat.epoch() == epoch) {
            redeclare();
            release();
            settled |= beat.waited();
            removeSilent();
            adoptLimit();
            target = Shares.targets(replicas, owned(), limit, batchPercent)[replicas.indexOf(beat.self())];
            if (settled && !beat.self().leaving()) {
                take(target);
            }
        }
        var table = new LeaseTable(epoch, server, settled, limit, List.of(permits), replicas);
        return new Outcome(table, new BeatReply(beat.self().seq(), true, epoch, settled, mine(), target, limit,
                table.replicas()));
    }

    private @Nullable ReplicaRow row(long id) {
        for (var row : replicas) {
            if (row.id() == id) {
                return row;
            }
        }
        return null;
    }

    private void register() {
        replicas.removeIf(row -> row.id() == me);
        replicas.add(beat.self());
        replicas.sort(Comparator.comparingLong(ReplicaRow::id));
    }

    /** Only what no other replica has redeclared; the rest runs on the sender's own clock. */
    private void redeclare() {
        for (var permit : beat.redeclared()) {
            if (!settled && permits[permit].isUnowned()) {
                permits[permit] = new PermitRow(me, 0, beat.self().seq());
            }
        }
    }

    /** The sender must know that it owns the permit: otherwise it cannot know the rest, either. */
    private void release() {
        for (var release : beat.releases()) {
            var row = permits[release.permit()];
            if (row.owner() == me && row.grantedSeq() <= beat.ackSeq()) {
                permits[release.permit()] = PermitRow.pooled(release.restNanos());
            }
        }
    }

    private void removeSilent() {
        for (var silent : beat.silent()) {
            var row = row(silent.id());
            if (silent.id() != me && row != null && row.seq() == silent.seq()) {
                replicas.remove(row);
                for (var i = 0; i < permits.length; i++) {
                    if (permits[i].owner() == row.id()) {
                        permits[i] = PermitRow.pooled(permits[i].restNanos());
                    }
                }
            }
        }
    }

    private void adoptLimit() {
        if (Chair.of(replicas) == me) {
            limit = Math.max(1, Math.min(permits.length, beat.limit()));
        }
    }

    private int[] owned() {
        var counts = new int[replicas.size()];
        for (var i = 0; i < counts.length; i++) {
            for (var permit : permits) {
                counts[i] += permit.owner() == replicas.get(i).id() ? 1 : 0;
            }
        }
        return counts;
    }

    /** Those that have rested come first. */
    private void take(int target) {
        var owned = mine().size();
        var total = (int) Arrays.stream(permits).filter(row -> !row.isUnowned()).count();
        for (var missing = Math.min(target - owned, limit - total); missing > 0; missing--) {
            var next = -1;
            for (var i = 0; i < permits.length; i++) {
                if (permits[i].isUnowned() && (next < 0 || permits[i].restNanos() < permits[next].restNanos())) {
                    next = i;
                }
            }
            permits[next] = new PermitRow(me, permits[next].restNanos(), beat.self().seq());
        }
    }

    private List<BeatReply.Owned> mine() {
        var mine = new ArrayList<BeatReply.Owned>();
        for (var i = 0; i < permits.length; i++) {
            if (permits[i].owner() == me) {
                mine.add(new BeatReply.Owned(i, permits[i].restNanos()));
            }
        }
        return mine;
    }
}
