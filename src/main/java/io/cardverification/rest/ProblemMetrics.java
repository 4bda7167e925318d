package io.cardverification.rest;

import java.util.HashMap;
import java.util.Map;

import jakarta.ws.rs.container.ContainerResponseContext;

import org.jboss.resteasy.reactive.server.ServerResponseFilter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts the problem documents of the REST API by type. Threads: any. */
final class ProblemMetrics {

    /** Registered at the start with zero, so that a rate shows the first problem. */
    private final Map<String, Counter> problems = new HashMap<>();

    ProblemMetrics(MeterRegistry meters) {
        for (var type : ProblemType.values()) {
            problems.put(type.uri().toString(), Counter.builder("gateway.rest.problems")
                    .description("Problem documents that the JSON API returned, by type").tag("problem", type.label())
                    .register(meters));
        }
    }

    @ServerResponseFilter
    void count(ContainerResponseContext response) {
        var counter = response.getEntity() instanceof Problem problem ? problems.get(problem.members().get("type")) : null;
        if (counter != null) {
            counter.increment();
        }
    }
}
