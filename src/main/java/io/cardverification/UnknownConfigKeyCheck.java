package io.cardverification;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.Config;

import io.cardverification.callers.CallersConfig;
import io.cardverification.http.ConnectionConfig;
import io.cardverification.ledger.LedgerConfig;
import io.cardverification.pacing.PacingConfig;
import io.cardverification.rest.RestConfig;
import io.cardverification.sandbox.SandboxConfig;
import io.cardverification.sharing.SharingConfig;
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

    /** The config mappings of all packages. */
    static final List<Class<?>> MAPPINGS = List.of(CallersConfig.class, ConnectionConfig.class, LedgerConfig.class,
            PacingConfig.class, RestConfig.class, SandboxConfig.class, SharingConfig.class, UpstreamConfig.class);

    private static final Pattern OURS = Pattern.compile("gateway\\..*|GATEWAY_.*");

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
        var others = properties.filter(OURS.asMatchPredicate())
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

    /**
     * Returns all keys of the gateway, with {@code *} in place of callers' names and list indexes.
     *
     * <p>
     * Source: the metadata that Quarkus generates at build time. {@code ConfigMappings} uses reflection instead, which a
     * native image does not support here.
     */
    static Stream<String> names() {
        return MAPPINGS.stream().flatMap(mapping -> ConfigClass.configClass(mapping, prefix(mapping)).getProperties().keySet()
                .stream());
    }

    /** Returns the prefix of the mapping's keys: the name of its package. */
    private static String prefix(Class<?> mapping) {
        var packageName = mapping.getPackageName();
        return "gateway" + packageName.substring(packageName.lastIndexOf('.'));
    }
}
