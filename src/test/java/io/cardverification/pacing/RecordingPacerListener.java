package io.cardverification.pacing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.cardverification.verification.Lane;

/** Records the events that it receives. */
final class RecordingPacerListener implements PacerListener {

    final List<String> events = new CopyOnWriteArrayList<>();

    @Override
    public void onDispatch(Lane lane, long waited) {
        // The results of the waiters say the same.
    }

    @Override
    public void onLimitDegraded() {
        events.add("degraded");
    }

    @Override
    public void onLimitRestored() {
        events.add("restored");
    }

    @Override
    public void onOverload(int rejected) {
        events.add("overload " + rejected);
    }
}
