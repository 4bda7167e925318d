package io.cardverification.callers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;

import io.cardverification.store.StoreUnavailable;
import io.cardverification.testing.SettableClock;
import io.cardverification.verification.Caller;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;

/** The charges of today after a start shortly before midnight in China. */
class InMemoryCallerQuotasTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 27);
    private static final Map<String, Integer> SPENT = Map.of("shop", 7);

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-27T15:59:00Z"));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final InMemoryCallerQuotas quotas = new InMemoryCallerQuotas(clock, () -> clock.millis() * 1_000_000, meters);

    private double charges() {
        quotas.register(Caller.unlimited("shop"));
        return meters.get("gateway.callers.charges.today").gauge().value();
    }

    @Test
    void restores_the_charges_of_today() {
        quotas.restore(day -> Uni.createFrom().item(SPENT));
        assertThat(charges()).isEqualTo(7);
    }

    @Test
    void later_attempt_asks_for_its_own_day() {
        var days = new CopyOnWriteArrayList<LocalDate>();
        quotas.restore(day -> {
            days.add(day);
            clock.advance(days.size() == 1 ? Duration.ofMinutes(2) : Duration.ZERO);
            return days.size() == 1 ? Uni.createFrom().failure(new StoreUnavailable("away")) : Uni.createFrom().item(SPENT);
        });
        await().until(() -> charges() == 7);
        assertThat(days).isEqualTo(List.of(DAY, DAY.plusDays(1)));
    }

    @Test
    void answer_after_midnight_is_not_counted() {
        var answer = new CompletableFuture<Map<String, Integer>>();
        quotas.restore(day -> Uni.createFrom().completionStage(answer));
        clock.advance(Duration.ofMinutes(2));
        answer.complete(SPENT);
        assertThat(charges()).isZero();
    }
}
