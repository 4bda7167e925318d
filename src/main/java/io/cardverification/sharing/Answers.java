package io.cardverification.sharing;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.cardverification.verification.ChargeDay;
import io.cardverification.verification.Conclusion;
import io.cardverification.verification.ResultCode;
import io.cardverification.verification.VerificationResult;

/** Answers that may serve the same question again. Threads: any; its own lock guards it, for a few instructions. */
final class Answers {

    private final SharingConfig.Reuse config;
    /** The oldest first. */
    private final Map<ByteBuffer, Kept> kept = new LinkedHashMap<>();

    Answers(SharingConfig.Reuse config) {
        this.config = config;
    }

    /** Null where it has to be asked. */
    synchronized @Nullable Kept find(ByteBuffer fingerprint, Instant now) {
        var found = kept.get(fingerprint);
        if (found != null && found.isOver(now)) {
            kept.remove(fingerprint);
            return null;
        }
        return found;
    }

    /** @param asked before it was sent: an answer that came after midnight may be of the day before */
    void keep(ByteBuffer fingerprint, Conclusion conclusion, Instant asked, Instant now) {
        var result = conclusion.result();
        if (result != null) {
            var until = until(result, asked, now);
            if (until.isAfter(now)) {
                put(fingerprint, new Kept(conclusion, now, until));
            }
        }
    }

    private synchronized void put(ByteBuffer fingerprint, Kept answer) {
        kept.remove(fingerprint);
        if (kept.size() >= config.most()) {
            Iterator<Kept> oldest = kept.values().iterator();
            oldest.next();
            oldest.remove();
        }
        kept.put(fingerprint, answer);
    }

    private Instant until(VerificationResult result, Instant asked, Instant now) {
        if (result.code() == ResultCode.ATTEMPTS_EXCEEDED && config.untilNextDay()) {
            return ChargeDay.after(asked);
        }
        return now.plus(switch (result.code().outcome()) {
            case PASSED -> config.passed();
            case MISMATCH -> config.mismatch();
            case CARD_UNUSABLE -> config.cardUnusable();
            case INPUT_REJECTED -> config.inputRejected();
            case TRY_LATER -> Duration.ZERO;
        });
    }
}
