package io.cardverification.sharing;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.cardverification.verification.Conclusion;
import io.cardverification.verification.ResultCode;
import io.cardverification.verification.VerificationResult;

/** Answers that may serve the same question again. Threads: any; its own lock guards it, for a few instructions. */
final class Answers {

    private final SharingConfig.Reuse config;
    /** The oldest first. */
    private final Map<CoalescingKey, Kept> kept = new LinkedHashMap<>();

    Answers(SharingConfig.Reuse config) {
        this.config = config;
    }

    /** Null where it has to be asked. */
    synchronized @Nullable Kept find(CoalescingKey key, long nowNanos) {
        var found = kept.get(key);
        if (found != null && found.isOver(nowNanos)) {
            kept.remove(key);
            return null;
        }
        return found;
    }

    /** @param nextDayNanos when the day after the one on which it was asked begins */
    void keep(CoalescingKey key, Conclusion conclusion, long nextDayNanos, long nowNanos) {
        var result = conclusion.result();
        if (result != null) {
            var kept = new Kept(conclusion, nowNanos, untilNanos(result, nextDayNanos, nowNanos));
            if (!kept.isOver(nowNanos)) {
                put(key, kept);
            }
        }
    }

    private synchronized void put(CoalescingKey key, Kept answer) {
        kept.remove(key);
        if (kept.size() >= config.most()) {
            Iterator<Kept> oldest = kept.values().iterator();
            oldest.next();
            oldest.remove();
        }
        kept.put(key, answer);
    }

    private long untilNanos(VerificationResult result, long nextDayNanos, long nowNanos) {
        if (result.code() == ResultCode.ATTEMPTS_EXCEEDED && config.untilNextDay()) {
            return nextDayNanos;
        }
        var reuse = switch (result.code().outcome()) {
            case PASSED -> config.passed();
            case MISMATCH -> config.mismatch();
            case CARD_UNUSABLE -> config.cardUnusable();
            case INPUT_REJECTED -> config.inputRejected();
            case TRY_LATER -> Duration.ZERO;
        };
        return nowNanos + reuse.toNanos();
    }
}
