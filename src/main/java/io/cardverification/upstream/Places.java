package io.cardverification.upstream;

import java.time.Duration;

import io.cardverification.pacing.Lane;
import io.cardverification.pacing.Place;
import io.cardverification.verification.Terms;

/** Says in the pacer's words on which terms a caller waits. */
final class Places {

    private Places() {
    }

    static Place of(Terms terms, Duration longestWait) {
        var lane = switch (terms.lane()) {
            case INTERACTIVE -> Lane.INTERACTIVE;
            case BATCH -> Lane.BATCH;
        };
        var maxWait = terms.maxWait();
        return new Place(lane, terms.caller().name(), terms.caller().weight(),
                maxWait == null || maxWait.compareTo(longestWait) > 0 ? longestWait : maxWait);
    }
}
