package io.cardverification.pipeline;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.cardverification.caching.CacheConfig;
import io.cardverification.caching.CachePolicy;
import io.cardverification.caching.CacheStage;
import io.cardverification.caching.CachingCallFactory;
import io.cardverification.callers.CallerQuotas;
import io.cardverification.callers.QuotaStage;
import io.cardverification.idempotency.IdempotencyConfig;
import io.cardverification.idempotency.IdempotencyLimits;
import io.cardverification.idempotency.IdempotencyStage;
import io.cardverification.ledger.LedgerStage;
import io.cardverification.store.CallIds;
import io.cardverification.store.Store;
import io.cardverification.store.StoreConfig.Kind;
import io.cardverification.store.memory.MemoryStore;
import io.cardverification.verification.BankCard;
import io.cardverification.verification.CallOptions;
import io.cardverification.verification.Caller;
import io.cardverification.verification.IdCard;
import io.cardverification.verification.Lane;
import io.cardverification.verification.Ledger;
import io.cardverification.verification.NanoClock;
import io.cardverification.verification.PersonName;
import io.cardverification.verification.VerificationCallFactory;
import io.cardverification.verification.VerificationRequest;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

/** The pipeline with stubs at its ends and all stages between them. */
final class TestPipeline {

    private TestPipeline() {
    }

    /** @param settings keys without {@code gateway.}, and values */
    static VerificationPipeline of(VerificationCallFactory calls, CallerQuotas quotas, Ledger ledger, Clock clock,
            NanoClock nanoClock, String... settings) {
        var config = config(settings);
        var keys = IdempotencyLimits.of(config.getConfigMapping(IdempotencyConfig.class), Kind.MEMORY);
        var store = new MemoryStore(keys.maxEntries(), keys.ttl(), config.getConfigMapping(CacheConfig.class).maxEntries(),
                nanoClock);
        return of(calls, quotas, ledger, store, clock, nanoClock, settings);
    }

    static VerificationPipeline of(VerificationCallFactory calls, CallerQuotas quotas, Ledger ledger, Store store, Clock clock,
            NanoClock nanoClock, String... settings) {
        var config = config(settings);
        var cache = config.getConfigMapping(CacheConfig.class);
        return new VerificationPipeline(
                new Fingerprints(new byte[32], config.getConfigMapping(SharingConfig.class).acrossCallers()),
                new LedgerStage(ledger, store), new IdempotencyStage(store), new CacheStage(store), new QuotaStage(quotas),
                new CachingCallFactory(calls, new CachePolicy(cache, clock, nanoClock), store), store, new CallIds(1), clock);
    }

    /** The default settings, with changes. */
    static SmallRyeConfig config(String... keysAndValues) {
        var properties = new HashMap<String, String>();
        for (var i = 0; i < keysAndValues.length; i += 2) {
            properties.put("gateway." + keysAndValues[i], keysAndValues[i + 1]);
        }
        return new SmallRyeConfigBuilder().withMapping(SharingConfig.class).withMapping(CacheConfig.class)
                .withMapping(IdempotencyConfig.class).addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(Map.copyOf(properties), "test", 100))
                .withConverter(Duration.class, 200, new io.quarkus.runtime.configuration.DurationConverter()).build();
    }

    static Answer verify(VerificationPipeline pipeline, String card, String caller, boolean bypassCache,
            @Nullable String key) {
        return Answer.to(pipeline.verify(
                new VerificationRequest(new BankCard(card, false), new PersonName("Wei", false),
                        new IdCard("11204416541220243X", false), null, null),
                new CallOptions(Lane.INTERACTIVE, Caller.unlimited(caller), null, bypassCache, key)));
    }
}
