package io.cardverification.http;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Metrics of callers' connections: open ones, held bytes, and closed ones by reason. Threads: any. */
final class ConnectionMetrics {

    /** All reasons are registered at the start, so that a rate shows the first event. */
    private final Map<CloseReason, Counter> closed;

    ConnectionMetrics(MeterRegistry meters, ConnectionCapacity capacity, ConnectionAdmission<?> admission,
            BufferBudget<?> budget) {
        closed = Arrays.stream(CloseReason.values()).collect(Collectors.toMap(Function.identity(), reason -> Counter
                .builder("gateway.connections.closed")
                .description("Connections that the gateway closed, and HTTP/2 streams that it reset, by reason")
                .tag("reason", reason.label()).register(meters)));
        Gauge.builder("gateway.connections.open", admission, ConnectionAdmission::open)
                .description("Callers' connections").register(meters);
        Gauge.builder("gateway.connections.unauthenticated", admission, ConnectionAdmission::unauthenticated)
                .description("Callers' connections on which no valid key was shown yet").register(meters);
        Gauge.builder("gateway.connections.limit", capacity, ConnectionCapacity::connections)
                .description("How many connections callers may have: as configured, or as heap and open files allow")
                .register(meters);
        Gauge.builder("gateway.connections.buffered.bytes", budget, BufferBudget::total)
                .description("What unfinished requests and unread answers hold").register(meters);
        Gauge.builder("gateway.connections.buffered.limit.bytes", budget, BufferBudget::maxBytes)
                .description("What they may hold").register(meters);
    }

    void countClosed(CloseReason reason) {
        var counter = closed.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }
}
