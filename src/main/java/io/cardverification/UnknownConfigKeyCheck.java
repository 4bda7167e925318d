package io.cardverification;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.Config;

import io.cardverification.caching.CacheConfig;
import io.cardverification.callers.CallersConfig;
import io.cardverification.http.ConnectionConfig;
import io.cardverification.idempotency.IdempotencyConfig;
import io.cardverification.ledger.LedgerConfig;
import io.cardverification.pacing.PacingConfig;
import io.cardverification.pipeline.SharingConfig;
import io.cardverification.rest.RestConfig;
import io.cardverification.sandbox.SandboxConfig;
import io.cardverification.store.StoreConfig;
import io.cardverification.upstream.UpstreamConfig;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigMappings.ConfigClass;

/**
 * Rejects configuration keys that begin like the gateway's keys and are unknown.
 *
 * <p>
 * Rejected: relying on SmallRye Config, which rejects unknown properties. It checks only keys below a known prefix, so that
 * {@code gateway.pacng.limit} would pass. It also ignores environment variables, because their names are ambiguous.
 */
@Singleton
final class UnknownConfigKeyCheck {

    /** The config mappings and the prefixes of their keys. A native image cannot read the annotations. */
    static final Map<Class<?>, String> MAPPINGS = Map.ofEntries(Map.entry(CacheConfig.class, "cache"),
            Map.entry(CallersConfig.class, "callers"), Map.entry(ConnectionConfig.class, "http"),
            Map.entry(IdempotencyConfig.class, "idempotency"), Map.entry(LedgerConfig.class, "ledger"),
            Map.entry(PacingConfig.class, "pacing"), Map.entry(RestConfig.class, "rest"),
            Map.entry(SandboxConfig.class, "sandbox"), Map.entry(SharingConfig.class, "sharing"),
            Map.entry(StoreConfig.class, "store"), Map.entry(UpstreamConfig.class, "upstream"));

    /** SmallRye would ignore the former keys of the circuit breaker. */
    private static final String FORMER_PREFIX = "quarkus.fault-tolerance.\"io.cardverification.";

    /**
     * Kubernetes gives every container environment variables for each service of its namespace. A service may be named
     * gateway.
     */
    private static final Pattern SERVICE_LINK = Pattern.compile("\\w+_(SERVICE_HOST|SERVICE_PORT\\w*|PORT|PORT_\\d+_\\w+)");

    void start(@Observes @Priority(1) StartupEvent event, Config all) {
        require(Stream.concat(System.getenv().keySet().stream(),
                StreamSupport.stream(all.getPropertyNames().spliterator(), false)));
    }

    /**
     * Compiles patterns only for names that are no exact key; most names are.
     *
     * @throws ConfigurationException with the first unknown name
     */
    static void require(Stream<String> properties) {
        var known = names().map(ConfigKeySuggestion::variable).collect(Collectors.toSet());
        var others = properties.filter(UnknownConfigKeyCheck::isOurs)
                .filter(name -> !known.contains(ConfigKeySuggestion.variable(name)))
                .filter(name -> !SERVICE_LINK.matcher(ConfigKeySuggestion.variable(name)).matches()).sorted().toList();
        if (others.isEmpty()) {
            return;
        }
        var patterns = known.stream().filter(key -> key.contains("*"))
                .map(key -> Pattern.compile(key.replace("*", "\\w+"))).toList();
        others.stream()
                .filter(name -> patterns.stream().noneMatch(each -> each.matcher(ConfigKeySuggestion.variable(name)).matches()))
                .findFirst()
                .ifPresent(name -> {
                    throw new ConfigurationException(
                            "Unknown configuration key: " + name + ConfigKeySuggestion.of(name, names())
                                    .map(key -> " (did you mean " + key + "?)").orElse(""));
                });
    }

    private static boolean isOurs(String name) {
        return name.startsWith("gateway.") || name.startsWith("GATEWAY_") || name.startsWith(FORMER_PREFIX);
    }

    /**
     * Returns all keys of the gateway, with {@code *} in place of callers' names and list indexes.
     *
     * <p>
     * Source: the metadata that Quarkus generates at build time. {@code ConfigMappings} uses reflection instead, which a
     * native image does not support here.
     */
    static Stream<String> names() {
        return MAPPINGS.entrySet().stream()
                .flatMap(mapping -> ConfigClass.configClass(mapping.getKey(), "gateway." + mapping.getValue()).getProperties()
                        .keySet().stream());
    }
}
