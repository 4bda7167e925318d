package io.cardverification.upstream;

import java.time.Duration;

import io.cardverification.pacing.QueueLane;
import io.cardverification.pacing.QueueOptions;
import io.cardverification.verification.Terms;

/** Says in the pacer's words on which terms a caller waits. */
final class Places {

    private Places() {
    }

    static QueueOptions of(Terms terms, Duration longestWait) {
        var lane = switch (terms.lane()) {
            case INTERACTIVE -> QueueLane.INTERACTIVE;
            case BATCH -> QueueLane.BATCH;
        };
        var maxWait = terms.maxWait();
        return new QueueOptions(lane, terms.caller().name(), terms.caller().weight(),
                maxWait == null || maxWait.compareTo(longestWait) > 0 ? longestWait : maxWait);
    }
}
