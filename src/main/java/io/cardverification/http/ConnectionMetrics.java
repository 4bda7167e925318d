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
                .description("Open connections of callers").register(meters);
        Gauge.builder("gateway.connections.unauthenticated", admission, ConnectionAdmission::unauthenticated)
                .description("Open connections of callers that have not sent a valid key").register(meters);
        Gauge.builder("gateway.connections.limit", capacity, ConnectionCapacity::connections)
                .description("Maximum number of connections: the setting, or less if heap and open files allow less")
                .register(meters);
        Gauge.builder("gateway.connections.buffered.bytes", budget, BufferBudget::total)
                .description("Memory of unfinished requests and unread responses").register(meters);
        Gauge.builder("gateway.connections.buffered.limit.bytes", budget, BufferBudget::maxBytes)
                .description("Maximum memory of unfinished requests and unread responses").register(meters);
    }

    void countClosed(CloseReason reason) {
        var counter = closed.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }
}
