package io.cardverification.sharing;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

import io.cardverification.verification.Conclusion;
import io.cardverification.verification.Ledger.Entry;

/** Who asked what, as far as it is written down. */
record Asker(String caller, ByteBuffer fingerprint, @Nullable String lastFour) {

    Entry told(Conclusion conclusion) {
        return entry(conclusion, false);
    }

    /** @param conclusion null where nothing was sent */
    Entry left(@Nullable Conclusion conclusion) {
        return entry(conclusion, true);
    }

    private Entry entry(@Nullable Conclusion conclusion, boolean left) {
        return new Entry(caller, Fingerprints.shown(fingerprint), lastFour, conclusion, left);
    }
}
