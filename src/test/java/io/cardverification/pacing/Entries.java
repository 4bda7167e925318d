package io.cardverification.pacing;

import java.util.ArrayList;
import java.util.List;

/** A journal that can be read. */
final class Entries implements Journal {

    final List<String> told = new ArrayList<>();
    final List<Long> waitedNanos = new ArrayList<>();

    @Override
    public void granted(Lane lane, long waited) {
        waitedNanos.add(waited);
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

    /** A journal that nobody reads. */
    static final class Silent implements Journal {

        @Override
        public void granted(Lane lane, long waited) {
            // Nobody reads it.
        }

        @Override
        public void doubted() {
            // Nobody reads it.
        }

        @Override
        public void trusted() {
            // Nobody reads it.
        }

        @Override
        public void lockedOut(int dismissed) {
            // Nobody reads it.
        }
    }
}
