package io.cardverification.pacing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A journal that can be read. */
final class RecordingPacerListener implements PacerListener {

    final List<String> told = new CopyOnWriteArrayList<>();

    @Override
    public void granted(QueueLane lane, long waited) {
        // Rides tell the same.
    }

    @Override
    public void doubted() {
        told.add("doubted");
    }

    @Override
    public void trusted() {
        told.add("trusted");
    }

    @Override
    public void lockedOut(int dismissed) {
        told.add("locked out " + dismissed);
    }
}
