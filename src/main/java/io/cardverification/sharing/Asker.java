package io.cardverification.sharing;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

import io.cardverification.verification.Conclusion;
import io.cardverification.verification.Ledger.Entry;

/** Who asked what, as far as it is written down. */
record Asker(String caller, ByteBuffer fingerprint, @Nullable String lastFour) {

    /** @param initiator the caller whose request opened the one to the upstream */
    Entry told(Conclusion conclusion, String initiator) {
        return entry(conclusion, initiator, false);
    }

    /** @param conclusion null where nothing was sent */
    Entry left(@Nullable Conclusion conclusion, String initiator) {
        return entry(conclusion, initiator, true);
    }

    private Entry entry(@Nullable Conclusion conclusion, String initiator, boolean left) {
        var paysForAnother = conclusion != null && conclusion.mostCharges() > 0 && !initiator.equals(caller);
        return new Entry(caller, Fingerprints.shown(fingerprint), lastFour, conclusion, left,
                paysForAnother ? initiator : null);
    }
}
