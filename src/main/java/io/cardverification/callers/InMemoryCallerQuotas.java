package io.cardverification.callers;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.cardverification.store.Store;
import io.cardverification.verification.BillingDay;
import io.cardverification.verification.Caller;
import io.cardverification.verification.NanoClock;
import io.cardverification.verification.VerificationFailure;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;

/**
 * The quotas of all callers, in memory. The charges of today come from the store, which decides about the daily limit again
 * when a call departs.
 *
 * <p>
 * Threads: any; each quota has its own lock, which it holds for a few instructions.
 */
@Singleton
final class InMemoryCallerQuotas implements CallerQuotas {

    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration MAX_RETRY = Duration.ofSeconds(1);

    private final Clock clock;
    private final NanoClock nanoClock;
    private final MeterRegistry meters;
    private final Map<String, CallerQuota> quotas = new ConcurrentHashMap<>();

    InMemoryCallerQuotas(Clock clock, NanoClock nanoClock, MeterRegistry meters) {
        this.clock = clock;
        this.nanoClock = nanoClock;
        this.meters = meters;
    }

    @Override
    public Optional<VerificationFailure> acquire(Caller caller) {
        return quota(caller.name()).acquire(caller, clock.instant(), nanoClock.nanos());
    }

    @Override
    public void release(String caller, int charges) {
        quota(caller).release(charges, clock.instant(), nanoClock.nanos());
    }

    /** While the store is unavailable, nothing is sent. So the charges of today are known before the next one. */
    void start(@Observes StartupEvent event, Store store) {
        restore(store::spent);
    }

    void restore(Function<LocalDate, Uni<Map<String, Integer>>> charges) {
        Uni.createFrom().<Runnable> deferred(() -> {
            var day = today();
            return charges.apply(day).map(spent -> () -> restore(day, spent));
        }).onFailure().retry().withBackOff(FIRST_RETRY, MAX_RETRY).indefinitely().subscribe().with(Runnable::run);
    }

    /** On a later day the charges count no longer. */
    private void restore(LocalDate day, Map<String, Integer> spent) {
        if (day.equals(today())) {
            spent.forEach((caller, charges) -> quota(caller).restore(charges, clock.instant(), nanoClock.nanos()));
        }
    }

    private LocalDate today() {
        return BillingDay.of(clock.instant());
    }

    /** Creates the metrics of a caller before its first request, and updates its limit. */
    void register(Caller caller) {
        quota(caller.name()).limit(caller.chargesPerDay());
    }

    private CallerQuota quota(String caller) {
        return quotas.computeIfAbsent(caller, name -> {
            var quota = new CallerQuota();
            Gauge.builder("gateway.callers.active.requests", quota, CallerQuota::waiting)
                    .description("Requests without a response yet").tag("caller", name).register(meters);
            Gauge.builder("gateway.callers.charges.today", quota, each -> each.spent(clock.instant(), nanoClock.nanos()))
                    .description("Charged and possibly charged verifications since the day began in China, or since the start")
                    .tag("caller", name).register(meters);
            Gauge.builder("gateway.callers.charges.limit", quota, CallerQuota::limit)
                    .description("Maximum number of charges in a day; infinite if there is no limit")
                    .tag("caller", name).register(meters);
            return quota;
        });
    }
}
