package io.cardverification.caching;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;

import jakarta.inject.Singleton;

import io.cardverification.config.ConfigRange;
import io.cardverification.verification.BillingDay;
import io.cardverification.verification.NanoClock;
import io.cardverification.verification.ResultCode;
import io.cardverification.verification.VerificationResult;
import io.quarkus.runtime.configuration.ConfigurationException;

/** How long a result answers the same question again. Threads: any. */
@Singleton
public final class CachePolicy {

    private static final int MAX_ENTRIES = 10_000_000;
    private static final Duration MAX_TTL = Duration.ofDays(30);

    private final CacheConfig config;
    private final Clock clock;
    private final NanoClock nanoClock;

    /** @throws ConfigurationException with the key and the range */
    public CachePolicy(CacheConfig config, Clock clock, NanoClock nanoClock) {
        this.config = config;
        this.clock = clock;
        this.nanoClock = nanoClock;
        ConfigRange.require("gateway.cache.max-entries", config.maxEntries(), 1, MAX_ENTRIES);
        requireTtl("passed", config.ttl().passed());
        requireTtl("mismatch", config.ttl().mismatch());
        requireTtl("card-unusable", config.ttl().cardUnusable());
        requireTtl("input-rejected", config.ttl().inputRejected());
    }

    private static void requireTtl(String category, Duration ttl) {
        ConfigRange.require("gateway.cache.ttl." + category, ttl, Duration.ZERO, MAX_TTL);
    }

    /**
     * The time for which the result of a call that is opened now is kept. The day is read now, since a response that arrives
     * after midnight may belong to the day before.
     *
     * @return zero or less for never
     */
    Function<VerificationResult, Duration> ttl() {
        var now = clock.instant();
        var nextDayNanos = nanoClock.nanos() + Duration.between(now, BillingDay.after(now)).toNanos();
        return result -> result.code() == ResultCode.ATTEMPTS_EXCEEDED && config.untilNextDay()
                ? Duration.ofNanos(nextDayNanos - nanoClock.nanos())
                : configured(result);
    }

    private Duration configured(VerificationResult result) {
        return switch (result.code().category()) {
            case PASSED -> config.ttl().passed();
            case MISMATCH -> config.ttl().mismatch();
            case CARD_UNUSABLE -> config.ttl().cardUnusable();
            case INPUT_REJECTED -> config.ttl().inputRejected();
            case TRY_LATER -> Duration.ZERO;
        };
    }
}
