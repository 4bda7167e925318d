package io.cardverification.sharing;

import org.jspecify.annotations.Nullable;

import io.cardverification.verification.Conclusion;
import io.cardverification.verification.Ledger.Entry;

/** Who asked what, as far as it is written down. */
record Asker(String caller, String fingerprint, @Nullable String lastFour) {

    Entry told(Conclusion conclusion) {
        return new Entry(caller, fingerprint, lastFour, conclusion, false);
    }

    /** @param conclusion null where nothing was sent */
    Entry left(@Nullable Conclusion conclusion) {
        return new Entry(caller, fingerprint, lastFour, conclusion, true);
    }
}
