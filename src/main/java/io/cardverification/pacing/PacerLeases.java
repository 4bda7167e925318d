package io.cardverification.pacing;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;

/** The leased permits of one pacer: each call is one event of its core. Threads: any; the pacer's lock guards the core. */
final class PacerLeases implements LeasedPermits {

    private final Pacer pacer;

    PacerLeases(Pacer pacer) {
        this.pacer = pacer;
    }

    @Override
    public void extend(Lease lease) {
        apply((leases, nowNanos) -> leases.extend(lease));
    }

    @Override
    public void grant(long restNanos) {
        apply((leases, nowNanos) -> leases.grant(restNanos, nowNanos));
    }

    @Override
    public void lose(Duration retryAfter) {
        pacer.loseLease(retryAfter);
    }

    @Override
    public void withdraw(int count) {
        apply((leases, nowNanos) -> leases.withdraw(count));
    }

    @Override
    public int giveUp(int max) {
        return pacer.lease((leases, nowNanos) -> leases.giveUp(max, nowNanos));
    }

    @Override
    public List<Long> giveUpAll() {
        return pacer.lease(PermitLeases::giveUpAll);
    }

    @Override
    public void expect(int permits, int usable, long marginNanos) {
        apply((leases, nowNanos) -> leases.expect(permits, usable, marginNanos));
    }

    @Override
    public void adoptLimit(int limit) {
        apply((leases, nowNanos) -> leases.adoptLimit(limit));
    }

    @Override
    public void observe(long departures, long rejections) {
        apply((leases, nowNanos) -> leases.observe(departures, rejections));
    }

    @Override
    public PermitDemand demand() {
        return pacer.lease(PermitLeases::demand);
    }

    private void apply(BiConsumer<PermitLeases, Long> event) {
        pacer.lease((leases, nowNanos) -> {
            event.accept(leases, nowNanos);
            return true;
        });
        pacer.dispatchReady(); // a permit or a lease may have come
    }
}
