package io.cardverification.replicas;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** A store that applies one beat after another, may be away, and may come back with an earlier state. */
final class SimulatedStore {

    private static final int HISTORY = 200;
    private static final int BATCH_PERCENT = 10;

    private final int limit;
    private final PlantedFault fault;
    private final Deque<LeaseTable> history = new ArrayDeque<>();
    private LeaseTable table;
    private int timeline;
    private boolean isUp = true;
    private long beats;

    SimulatedStore(int limit, PlantedFault fault) {
        this.limit = limit;
        this.fault = fault;
        this.table = LeaseTable.empty(limit);
    }

    void setUp(boolean isUp) {
        this.isUp = isUp;
    }

    /** As an asynchronous standby that takes over. */
    void lose(int commits) {
        timeline++;
        for (var i = 0; i < commits && !history.isEmpty(); i++) {
            table = history.removeLast();
        }
    }

    void empty() {
        timeline++;
        table = LeaseTable.empty(limit);
        history.clear();
    }

    /** @return null if the store is away */
    @Nullable
    BeatReply apply(Beat beat) {
        if (!isUp) {
            return null;
        }
        beats++;
        var outcome = table.apply(plant(beat), "timeline " + timeline, BATCH_PERCENT);
        history.addLast(table);
        if (history.size() > HISTORY) {
            history.removeFirst();
        }
        table = outcome.table();
        if (fault == PlantedFault.EMPTY_STORE_BELIEVED) {
            table = new LeaseTable(table.epoch(), table.server(), true, table.limit(), table.permits(), table.replicas());
        }
        return answerTo(beat, outcome.reply());
    }

    private static BeatReply answerTo(Beat beat, BeatReply reply) {
        return new BeatReply(beat.self().seq(), reply.accepted(), reply.epoch(), reply.settled(), reply.permits(),
                reply.target(), reply.limit(), reply.replicas());
    }

    private Beat plant(Beat beat) {
        var self = beat.self();
        var row = table.replicas().stream().filter(each -> each.id() == beat.self().id()).findAny().orElse(null);
        var silent = beat.silent();
        if (fault == PlantedFault.OLD_BEATS_APPLIED && row != null && row.seq() >= self.seq()) {
            self = new ReplicaRow(self.id(), row.seq() + 1, self.leaving(), self.interactive(), self.batch(),
                    self.marginNanos(), self.sent(), self.rejected());
        }
        if (fault == PlantedFault.SILENCE_NOT_CHECKED) {
            silent = table.replicas().stream().filter(each -> beat.silent().stream().anyMatch(s -> s.id() == each.id()))
                    .map(each -> new Beat.Silent(each.id(), each.seq())).toList();
        }
        if (fault == PlantedFault.DEAD_REPLICAS_KEPT) {
            silent = List.of();
        }
        return new Beat(self, beat.epoch(), beat.newEpoch(), beat.ackSeq(), beat.releases(), beat.redeclared(), silent,
                beat.waited(), beat.limit());
    }

    LeaseTable table() {
        return table;
    }

    long beats() {
        return beats;
    }
}
