package io.cardverification.pacing;

import java.util.concurrent.TimeUnit;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.cardverification.verification.Lane;
import io.micrometer.core.instrument.Timer;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.json.JsonObject;

/** {@code GET /q/pacing} on the management port: the state of the pacer as JSON. */
@Singleton
final class PacerEndpoint {

    private final Pacer pacer;
    private final PacerMonitor monitor;
    private final LeaseReport lease;

    PacerEndpoint(Pacer pacer, PacerMonitor monitor, LeaseReport lease) {
        this.pacer = pacer;
        this.monitor = monitor;
        this.lease = lease;
    }

    void route(@Observes ManagementInterface management) {
        management.router().get("/q/pacing").handler(exchange -> exchange.json(json()));
    }

    private JsonObject json() {
        var now = pacer.snapshot();
        var waiting = new JsonObject();
        var waits = new JsonObject();
        for (var lane : Lane.values()) {
            waiting.put(PacerMetrics.label(lane), now.waiting().get(lane));
            waits.put(PacerMetrics.label(lane), distribution(monitor.waits(lane)));
        }
        var rejected = new JsonObject();
        now.denied().forEach((reason, count) -> rejected.put(reason.label(), count));
        var json = new JsonObject()
                .put("limit", now.limit())
                .put("configuredLimit", now.configuredLimit())
                .put("marginMillis", now.margin().toNanos() / 1e6)
                .put("maxRatePerSecond", PacerMetrics.maxRate(now))
                .put("availablePermits", now.free())
                .put("waiting", waiting)
                .put("waitMillis", waits)
                .put("sent", now.departed())
                .put("maxInAnyWindow", now.maxInWindow())
                .put("rejectedByUpstream", now.rejected())
                .put("limitDegraded", now.degraded())
                .put("cancelledBeforeSent", now.cancelled())
                .put("rejected", rejected);
        var leased = lease.values();
        return leased.isEmpty() ? json : json.put("lease", new JsonObject(leased));
    }

    private static JsonObject distribution(Timer timer) {
        var waits = timer.takeSnapshot();
        var json = new JsonObject().put("count", waits.count()).put("mean", waits.mean(TimeUnit.MILLISECONDS))
                .put("max", waits.max(TimeUnit.MILLISECONDS));
        for (var percentile : waits.percentileValues()) {
            json.put("p" + Math.round(percentile.percentile() * 100), percentile.value(TimeUnit.MILLISECONDS));
        }
        return json;
    }
}
