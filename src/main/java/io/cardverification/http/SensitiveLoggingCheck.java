package io.cardverification.http;

import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.Config;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Prevents the start if a setting would log data from callers: addresses, headers, bodies. */
@Singleton
final class SensitiveLoggingCheck {

    private static final String PATTERN_KEY = "quarkus.http.access-log.pattern";
    private static final Pattern CLIENT_LOGGING_SCOPE = Pattern.compile("quarkus\\.rest-client\\.(.+\\.)?logging\\.scope");

    /**
     * The attributes of an access log that contain no data from clients. The named patterns ({@code common}) contain such
     * data.
     */
    private static final Pattern ALLOWED_PATTERN = Pattern
            .compile("(?:[^%$]|%(?:[aAbBDhHImpstTv]|\\{(?i:BYTES_SENT|DATE_TIME|time,[^}]*"
                    + "|LOCAL_IP|LOCAL_PORT|METHOD|PROTOCOL|REMOTE_HOST|REMOTE_IP|RESPONSE_CODE|RESPONSE_TIME(?:_MICROS|_NANOS)?"
                    + "|SCHEME|SECURE|SSL_CIPHER|THREAD_NAME|TRANSPORT_PROTOCOL)}))*+");
    /** Loggers that log addresses or unparsable input (found by a test that logs everything at TRACE). */
    private static final Pattern SENSITIVE_CATEGORY = Pattern
            .compile(
                    "quarkus\\.log\\.category\\.\"?(?:io\\.vertx|org\\.jboss\\.resteasy|WebApplicationException|io\\.quarkus\\.micrometer)(?:\\..*)?\"?\\.level");
    private static final Pattern INFO_OR_COARSER = Pattern.compile("(?i)OFF|FATAL|ERROR|SEVERE|WARN|WARNING|INFO");

    private static final Pattern NAMED_PATTERN = Pattern.compile("\\s*[\\w-]+\\s*");

    private final Config config;

    SensitiveLoggingCheck(Config config) {
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        check(config);
    }

    static void check(Config config) {
        if (config.getOptionalValue("quarkus.http.access-log.enabled", Boolean.class).orElse(false)
                && !isAllowedPattern(config.getOptionalValue(PATTERN_KEY, String.class).orElse("common"))) {
            throw new ConfigurationException(
                    PATTERN_KEY + " must contain no request line, path, query, headers, cookies or user,"
                            + " such as %t %m %s %b %{RESPONSE_TIME}ms");
        }
        names(config, "quarkus.log.category.").filter(name -> SENSITIVE_CATEGORY.matcher(name).matches())
                .filter(name -> !INFO_OR_COARSER.matcher(config.getOptionalValue(name, String.class).orElse("INFO")).matches())
                .findFirst().ifPresent(name -> {
                    throw new ConfigurationException(name + " must be INFO or coarser: finer levels log data of requests");
                });
        names(config, "quarkus.rest-client.").filter(name -> CLIENT_LOGGING_SCOPE.matcher(name).matches())
                .filter(name -> !"none".equals(config.getOptionalValue(name, String.class).orElse("none")))
                .findFirst().ifPresent(name -> {
                    throw new ConfigurationException(
                            name + " must be none: other scopes log requests with names and card numbers");
                });
    }

    /** The prefix excludes most names before the slower patterns. */
    private static Stream<String> names(Config config, String prefix) {
        return StreamSupport.stream(config.getPropertyNames().spliterator(), false).filter(name -> name.startsWith(prefix));
    }

    static boolean isAllowedPattern(String pattern) {
        return ALLOWED_PATTERN.matcher(pattern).matches() && !NAMED_PATTERN.matcher(pattern).matches();
    }
}
