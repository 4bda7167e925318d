package io.cardverification.pipeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.cardverification.verification.Ledger;

/** Keeps all entries, and is unavailable if the test says so. */
final class StubLedger implements Ledger {

    final List<Entry> written = Collections.synchronizedList(new ArrayList<>());
    volatile boolean available = true;

    @Override
    public boolean isAvailable() {
        return available;
    }

    @Override
    public void record(Entry entry) {
        written.add(entry);
    }
}
