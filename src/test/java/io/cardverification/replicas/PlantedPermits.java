package io.cardverification.replicas;

import java.time.Duration;
import java.util.List;

import io.cardverification.pacing.Lease;
import io.cardverification.pacing.LeasedPermits;
import io.cardverification.pacing.PermitDemand;

/** The permits of a pacer, with a planted fault on the way to them. */
final class PlantedPermits implements LeasedPermits {

    private final LeasedPermits pacer;
    private final SimulatedProcess process;
    private final PlantedFault fault;

    PlantedPermits(LeasedPermits pacer, SimulatedProcess process, PlantedFault fault) {
        this.pacer = pacer;
        this.process = process;
        this.fault = fault;
    }

    @Override
    public void extend(Lease lease) {
        pacer.extend(switch (fault) {
            case LEASE_FROM_RECEIPT -> new Lease(process.nowNanos(), process.wallMillis(), lease.lengthNanos());
            case LEASE_IGNORED_AT_DEPARTURE -> new Lease(lease.sentNanos(), lease.sentWallMillis(), Long.MAX_VALUE / 4);
            default -> lease;
        });
    }

    @Override
    public void lose(Duration retryAfter) {
        pacer.lose(retryAfter);
    }

    @Override
    public void grant(long restNanos) {
        pacer.grant(fault == PlantedFault.NO_REST_AT_HANDOVER ? 0 : restNanos);
    }

    @Override
    public void withdraw(int count) {
        pacer.withdraw(count);
    }

    @Override
    public int giveUp(int max) {
        return pacer.giveUp(max);
    }

    @Override
    public List<Long> giveUpAll() {
        return pacer.giveUpAll();
    }

    @Override
    public void expect(int permits, int usable, long marginNanos) {
        pacer.expect(permits, usable, marginNanos);
    }

    @Override
    public void adoptLimit(int limit) {
        pacer.adoptLimit(limit);
    }

    @Override
    public void observe(long departures, long rejections) {
        pacer.observe(departures, rejections);
    }

    @Override
    public PermitDemand demand() {
        return pacer.demand();
    }
}
