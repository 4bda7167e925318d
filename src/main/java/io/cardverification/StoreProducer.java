package io.cardverification;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import io.cardverification.caching.CacheConfig;
import io.cardverification.idempotency.IdempotencyConfig;
import io.cardverification.idempotency.IdempotencyLimits;
import io.cardverification.pacing.Pacer;
import io.cardverification.pacing.PacingConfig;
import io.cardverification.pipeline.SharingConfig;
import io.cardverification.pipeline.SharingSecret;
import io.cardverification.store.CallIds;
import io.cardverification.store.Store;
import io.cardverification.store.StoreConfig;
import io.cardverification.store.file.FileStore;
import io.cardverification.store.memory.MemoryStore;
import io.cardverification.store.postgresql.PostgresqlStore;
import io.cardverification.store.sql.AgreedSetting;
import io.cardverification.store.sql.AgreedSettings;
import io.cardverification.store.sql.StoreSettings;
import io.cardverification.store.sql.StoreTimer;
import io.cardverification.tencentcloud.Credentials;
import io.cardverification.upstream.UpstreamConfig;
import io.cardverification.verification.NanoClock;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Vertx;

/** Opens the store that the configuration names, at the start, and closes it as the last part that records something. */
@Singleton
final class StoreProducer {

    private static final int SECRET_BYTES = 32;

    /** How long a departure or a read may take; also the length of an outage of the store that no caller notices. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** Before the first request, and after the check of unknown keys. */
    private static final int EARLY = 2;
    /** After the ledger. */
    private static final int LAST = 10_000;

    /** Later starts have larger ids: milliseconds since 1970 and random bits. */
    private static final int RANDOM_BITS = 20;

    private final CallIds callIds;
    private final StoreConfig config;
    private final IdempotencyConfig idempotency;
    private final SharingConfig sharing;
    private final int shareWithoutStore;
    /** Null unless the store is a file. Written once, at the start. */
    private @Nullable FileStore file;
    /** Null unless the store is a database. Written once, at the start. */
    private @Nullable PostgresqlStore database;

    StoreProducer(StoreConfig config, IdempotencyConfig idempotency, SharingConfig sharing, PacingConfig pacing, Clock clock) {
        this.callIds = new CallIds((clock.millis() << RANDOM_BITS) | new SecureRandom().nextInt(1 << RANDOM_BITS));
        this.config = config;
        this.idempotency = idempotency;
        this.sharing = sharing;
        this.shareWithoutStore = ShareWithoutStore.of(pacing, config.kind());
        SharingConfigValidator.require(sharing);
        IdempotencyLimits.require(idempotency);
    }

    @Produces
    @Singleton
    CallIds callIds() {
        return callIds;
    }

    /** @param credentials so that missing ones are reported before a file is created */
    @Produces
    @Singleton
    Store store(Credentials credentials, CacheConfig cache, PacingConfig pacing, UpstreamConfig upstream, Clock clock,
            NanoClock nanoClock, Vertx vertx) {
        var limits = IdempotencyLimits.of(idempotency, config.kind());
        if (config.kind() == StoreConfig.Kind.MEMORY) {
            return new MemoryStore(limits.maxEntries(), limits.ttl(), cache.maxEntries(), nanoClock);
        }
        var random = new SecureRandom();
        var timer = new StoreTimer(Infrastructure.getDefaultWorkerPool());
        var settings = new StoreSettings(callIds.process(), limits.ttl(), limits.maxEntries(), upstream.retryUnknown(),
                PATIENCE, shareWithoutStore > 0);
        Function<String, List<AgreedSetting>> agreed = secret -> AgreedSettings.of(pacing.limit(), pacing.window(),
                credentials.secretId(), secret);
        if (config.kind() == StoreConfig.Kind.FILE) {
            file = FileStore.open(config.file(), settings, sharing.secret(), agreed,
                    new FileStore.FileParts(clock, nanoClock, timer, random));
            return file.store();
        }
        var secret = sharing.secret().orElseThrow(() -> new ConfigurationException(
                "gateway.sharing.secret must be set with gateway.store=postgresql, and equal at all gateways"));
        database = PostgresqlStore.open(config.postgresql(), settings, agreed.apply(secret),
                new PostgresqlStore.PostgresqlParts(vertx, clock, nanoClock, timer));
        return database.store();
    }

    /** An earlier process may have sent requests within the window. The store of one process knows whether it did. */
    void startPacer(@Observes @Priority(EARLY) StartupEvent event, Store store, Pacer pacer, PacingConfig pacing, Clock clock) {
        if (file != null && file.wasQuiet(pacing.window().plus(pacing.startupMargin()), clock.millis())) {
            pacer.startRested();
        }
    }

    /** The permits that this gateway uses while the database is away. */
    int shareWithoutStore() {
        return shareWithoutStore;
    }

    /** Null unless the store is a database. */
    @Nullable
    PostgresqlStore database() {
        return database;
    }

    /** @param store opened, since it may keep the secret */
    @Produces
    @Singleton
    SharingSecret sharingSecret(Store store) {
        if (file != null) {
            return new SharingSecret(file.sharingSecret());
        }
        return new SharingSecret(sharing.secret().orElseGet(() -> {
            var key = new byte[SECRET_BYTES];
            new SecureRandom().nextBytes(key);
            return Base64.getEncoder().encodeToString(key);
        }));
    }

    void stop(@Observes @Priority(LAST) ShutdownEvent event) {
        if (file != null) {
            file.close();
        }
        if (database != null) {
            database.close();
        }
    }
}
