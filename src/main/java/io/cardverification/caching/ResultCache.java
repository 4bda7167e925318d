package io.cardverification.caching;

import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import io.cardverification.config.ConfigRange;
import io.cardverification.verification.BillingDay;
import io.cardverification.verification.CallerRequest;
import io.cardverification.verification.CallerRequest.SharingKey;
import io.cardverification.verification.Completion;
import io.cardverification.verification.NanoClock;
import io.cardverification.verification.ResultCode;
import io.cardverification.verification.StoredCompletion;
import io.cardverification.verification.VerificationResult;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Results that answer the same question again. Threads: any; its own lock guards the map, for a few instructions. */
@Singleton
public final class ResultCache {

    private static final int MAX_ENTRIES = 10_000_000;
    private static final Duration MAX_TTL = Duration.ofDays(30);

    private final CacheConfig config;
    private final Clock clock;
    private final NanoClock nanoClock;
    /** The oldest first. */
    private final Map<SharingKey, StoredCompletion> results = new LinkedHashMap<>();

    /** @throws ConfigurationException with the key and the range */
    public ResultCache(CacheConfig config, Clock clock, NanoClock nanoClock) {
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

    /** Empty if there is no answer, or if the caller wants a new one. */
    Optional<Completion> find(CallerRequest request) {
        if (request.options().bypassCache()) {
            return Optional.empty();
        }
        var nowNanos = nanoClock.nanos();
        return Optional.ofNullable(unexpired(request.sharingKey(), nowNanos)).map(stored -> stored.replay(nowNanos));
    }

    private synchronized @Nullable StoredCompletion unexpired(SharingKey key, long nowNanos) {
        var stored = results.get(key);
        if (stored != null && stored.isExpired(nowNanos)) {
            results.remove(key);
            return null;
        }
        return stored;
    }

    /**
     * Keeps the result of a call that is opened now. The day is read now, since a response that arrives after midnight may
     * belong to the day before.
     */
    Consumer<Completion> recorder(SharingKey key) {
        var now = clock.instant();
        var nextDayNanos = nanoClock.nanos() + Duration.between(now, BillingDay.after(now)).toNanos();
        return completion -> {
            if (completion instanceof VerificationResult result) {
                put(key, result, nextDayNanos);
            }
        };
    }

    private void put(SharingKey key, VerificationResult result, long nextDayNanos) {
        var nowNanos = nanoClock.nanos();
        var stored = StoredCompletion.of(result, nowNanos, expiresNanos(result, nextDayNanos, nowNanos));
        if (!stored.isExpired(nowNanos)) {
            put(key, stored);
        }
    }

    private synchronized void put(SharingKey key, StoredCompletion result) {
        results.remove(key);
        if (results.size() >= config.maxEntries()) {
            Iterator<StoredCompletion> oldest = results.values().iterator();
            oldest.next();
            oldest.remove();
        }
        results.put(key, result);
    }

    private long expiresNanos(VerificationResult result, long nextDayNanos, long nowNanos) {
        if (result.code() == ResultCode.ATTEMPTS_EXCEEDED && config.untilNextDay()) {
            return nextDayNanos;
        }
        var ttl = switch (result.code().category()) {
            case PASSED -> config.ttl().passed();
            case MISMATCH -> config.ttl().mismatch();
            case CARD_UNUSABLE -> config.ttl().cardUnusable();
            case INPUT_REJECTED -> config.ttl().inputRejected();
            case TRY_LATER -> Duration.ZERO;
        };
        return nowNanos + ttl.toNanos();
    }
}
