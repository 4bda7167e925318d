package io.cardverification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.StreamSupport;

import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.cardverification.caching.CacheConfig;
import io.cardverification.caching.CachePolicy;
import io.cardverification.pacing.PacingConfig;
import io.cardverification.upstream.UpstreamConfig;
import io.cardverification.verification.NanoClock;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.PropertiesConfigSourceLoader;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

/** Every wrong value stops the start, by a message that names the key and the rule. */
class WrongSettingsTest {

    private static final ClassLoader LOADER = WrongSettingsTest.class.getClassLoader();

    /** As in production, with a key, but for one change. */
    private static SmallRyeConfig config(Map<String, String> changes) throws Exception {
        var settings = new HashMap<>(Map.of("TENCENTCLOUD_SECRET_ID", "AKIDEXAMPLE", "TENCENTCLOUD_SECRET_KEY", "EXAMPLEKEY",
                "quarkus.http.port", "8080"));
        settings.putAll(changes);
        var builder = new SmallRyeConfigBuilder().addDefaultInterceptors()
                .withSources(PropertiesConfigSourceLoader.inClassPath("application.properties", 100, LOADER))
                .withSources(new PropertiesConfigSource(settings, "test", 200))
                .withConverter(Duration.class, 200, new DurationConverter())
                .withConverter(Boolean.class, 200, new StrictBooleanConverter());
        UnknownConfigKeyCheck.MAPPINGS.keySet().forEach(builder::withMapping);
        return builder.build();
    }

    /** What every room does at the start with its settings. */
    private static void start(SmallRyeConfig config) throws Throwable {
        UnknownConfigKeyCheck.require(StreamSupport.stream(config.getPropertyNames().spliterator(), false));
        invoke(config, "upstream.UpstreamConfigValidator", "requireBreaker");
        invoke(config, "upstream.UpstreamBootstrap", "start");
        invoke(config, "upstream.UpstreamBootstrap", "encryption");
        HttpConfigValidator.require(config.getConfigMapping(UpstreamConfig.class), config.getConfigMapping(PacingConfig.class),
                config);
        invoke(config, "StoreProducer", "callIds");
        new CachePolicy(config.getConfigMapping(CacheConfig.class), Clock.systemUTC(), System::nanoTime);
        invoke(config, "callers.CallerDirectory", "start");
        invoke(config, "http.ConnectionConfigValidator", "start");
        invoke(config, "http.MutualTlsCustomizer", "start");
        invoke(config, "pacing.PacerProducer", "pacer");
        invoke(config, "sandbox.SandboxServer", "start");
    }

    /** Rooms are closed, so by reflection; whatever is no setting is null. */
    private static void invoke(SmallRyeConfig config, String name, String method) throws Throwable {
        var room = Class.forName("io.cardverification." + name);
        var constructor = room.getDeclaredConstructors()[0];
        constructor.setAccessible(true);
        var called = Arrays.stream(room.getDeclaredMethods()).filter(each -> each.getName().equals(method))
                .filter(each -> Arrays.stream(each.getParameterTypes()).noneMatch(Class::isPrimitive)).findFirst()
                .orElseThrow();
        called.setAccessible(true);
        try {
            called.invoke(constructor.newInstance(arguments(config, constructor.getParameterTypes())),
                    arguments(config, called.getParameterTypes()));
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Object[] arguments(SmallRyeConfig config, Class<?>... types) {
        return Arrays.stream(types).map(type -> {
            if (type == Config.class) {
                return config;
            }
            if (type == URI.class) {
                return config.getValue("quarkus.rest-client.tencentcloud.url", URI.class);
            }
            if (type == Clock.class) {
                return Clock.systemUTC();
            }
            if (type == NanoClock.class) {
                return (NanoClock) System::nanoTime;
            }
            return UnknownConfigKeyCheck.MAPPINGS.containsKey(type) ? config.getConfigMapping(type) : null;
        }).toArray();
    }

    @ParameterizedTest
    @CsvSource({ "0, must be 1 to 20", "21, must be 1 to 20", ", must be set with gateway.pacing.without-store=split" })
    void split_needs_the_number_of_replicas(String replicas, String rule) throws Exception {
        var changes = new HashMap<>(Map.of("gateway.store", "postgresql", "gateway.pacing.without-store", "split",
                "gateway.callers.anonymous", "true"));
        if (replicas != null) {
            changes.put("gateway.pacing.replicas-at-most", replicas);
        }
        var settings = config(changes);
        assertThatThrownBy(() -> start(settings)).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("gateway.pacing.replicas-at-most " + rule);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "gateway.upstream.endpoint               | nonsense  | gateway.upstream.endpoint must be http(s)://host",
            "gateway.upstream.endpoint               | ftp://a   | gateway.upstream.endpoint must be http(s)://host",
            "gateway.upstream.endpoint               | http://a/b | gateway.upstream.endpoint must be http(s)://host",
            "gateway.upstream.endpoint               | ''        | gateway.upstream.endpoint",
            "gateway.upstream.secret-id              | ''        | TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY must be set",
            "gateway.upstream.secret-key             | ''        | TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY must be set",
            "gateway.upstream.secret-id              | ' '       | gateway.upstream: SecretId must not be empty",
            "gateway.upstream.secret-key             | ' S3CRET' | gateway.upstream: SecretKey must not be empty or have white space",
            "gateway.upstream.answer-timeout         | 12s       | gateway.upstream.answer-timeout must be above quarkus.rest-client.tencentcloud.connect-timeout and read-timeout",
            "gateway.upstream.answer-timeout         | 13parsecs | gateway.upstream.answer-timeout",
            "gateway.upstream.answer-timeout         | 200000d   | gateway.upstream.answer-timeout must be above",
            "gateway.upstream.answer-timeout         | -PT13S    | gateway.upstream.answer-timeout must be above",
            "gateway.upstream.retries                | -1        | gateway.upstream.retries must be 0 to 10",
            "gateway.upstream.retries                | 11        | gateway.upstream.retries must be 0 to 10",
            "gateway.upstream.retries                | few       | gateway.upstream.retries",
            "gateway.upstream.retries                | ''        | gateway.upstream.retries",
            "gateway.upstream.retry-backoff          | 0s        | gateway.upstream.retry-backoff must be above zero, to a minute",
            "gateway.upstream.retry-backoff          | 61s       | gateway.upstream.retry-backoff must be above zero, to a minute",
            "gateway.upstream.retry-unknown          | ture      | gateway.upstream.retry-unknown",
            "gateway.upstream.language               | fr-FR     | gateway.upstream.language",
            "gateway.upstream.encryption.algorithm   | ROT13     | gateway.upstream.encryption.algorithm",
            "gateway.upstream.encryption.algorithm   | SM4-GCM   | gateway.upstream.encryption.public-key",
            "gateway.upstream.encryption.public-key  | AAAA      | gateway.upstream.encryption.algorithm",
            "gateway.pacing.limit                    | 0         | gateway.pacing.limit must be at least 1",
            "gateway.pacing.limit                    | 50        | quarkus.rest-client.tencentcloud.connection-pool-size must be above",
            "gateway.pacing.limit                    | many      | gateway.pacing.limit",
            "gateway.pacing.limit                    | 3000000000 | gateway.pacing.limit",
            "gateway.pacing.window                   | -PT1S     | gateway.pacing.window must be above zero",
            "gateway.pacing.window                   | 25h       | gateway.pacing.window must be at most a day",
            "gateway.pacing.window                   | 200000d   | gateway.pacing.window must be at most a day",
            "gateway.pacing.margin                   | -PT1S     | gateway.pacing.margin must not be negative",
            "gateway.pacing.margin                   | 1s        | gateway.pacing.startup-margin must be at least the margin",
            "gateway.pacing.startup-margin           | 10ms      | gateway.pacing.startup-margin must be at least the margin",
            "gateway.pacing.startup-margin           | 25h       | gateway.pacing.startup-margin must be at most a day",
            "gateway.pacing.max-wait                 | 25h       | must be",
            "gateway.pacing.max-wait                 | -PT1S     | gateway.pacing.max-wait must be zero to a day",
            "gateway.pacing.batch-percent            | 91        | gateway.pacing.batch-percent must be 0 to 90",
            "gateway.pacing.batch-percent            | -1        | gateway.pacing.batch-percent must be 0 to 90",
            "gateway.pacing.rejection-timeout        | -PT1S     | gateway.pacing.rejection-timeout must not be negative",
            "gateway.pacing.rejection-timeout        | 25h       | gateway.pacing.rejection-timeout must be at most a day",
            "gateway.pacing.start-saturated          | nope      | gateway.pacing.start-saturated",
            "gateway.pacing.without-store            | split     | gateway.pacing.without-store=split must be set with gateway.store=postgresql only",
            "gateway.pacing.without-store            | open      | gateway.pacing.without-store",
            "gateway.pacing.replicas-at-most         | 2         | gateway.pacing.replicas-at-most must be set with gateway.pacing.without-store=split, and only then",
            "gateway.pacing.limt                     | 15        | gateway.pacing.limt",
            "gateway.rest.idempotency-key-required   | maybe     | gateway.rest.idempotency-key-required",
            "gateway.sharing.secret                  | S3CRET    | gateway.sharing.secret must be at least 32 characters",
            "gateway.idempotency.ttl                 | 999ms     | gateway.idempotency.ttl must be 1 s to 90 days",
            "gateway.idempotency.ttl                 | 91d       | gateway.idempotency.ttl must be 1 s to 90 days",
            "gateway.idempotency.max-entries         | 0         | gateway.idempotency.max-entries must be 1 to 1000000000",
            "gateway.cache.ttl.passed            | 31d       | gateway.cache.ttl.passed must be zero to 30 days",
            "gateway.cache.ttl.mismatch          | -PT1S     | gateway.cache.ttl.mismatch must be zero to 30 days",
            "gateway.cache.ttl.card-unusable     | 31d       | gateway.cache.ttl.card-unusable must be zero to 30 days",
            "gateway.cache.ttl.input-rejected    | 31d       | gateway.cache.ttl.input-rejected must be zero to 30 days",
            "gateway.cache.until-next-day            | 2         | gateway.cache.until-next-day",
            "gateway.cache.max-entries               | 10000001  | gateway.cache.max-entries must be 1 to 10000000",
            "gateway.callers.named.shop.secret-id    | AKIDSHOP  | gateway.callers.named.shop.secret-id and secret-key must be set together",
            "gateway.callers.named.shop.secret-key   | S3CRET    | gateway.callers.named.shop.secret-id and secret-key must be set together",
            "gateway.callers.anonymous               | false     | gateway.callers.named must have at least one caller",
            "gateway.callers.anonymous               | yes, all  | gateway.callers.anonymous",
            "gateway.callers.file                    | /nowhere  | gateway.callers.file /nowhere must be a readable file",
            "gateway.callers.reload-period           | 0s        | gateway.callers.reload-period must be 1 s to an hour",
            "gateway.callers.reload-period           | 61m       | gateway.callers.reload-period must be 1 s to an hour",
            "gateway.callers.named.shop.key-hashes   | S3CRET    | gateway.callers.named.shop.key-hashes must be SHA-256 in hexadecimal",
            "gateway.callers.named.shop.lanes        | fast      | gateway.callers.named.shop.lanes",
            "gateway.callers.named.shop.lanes        | batch     | gateway.callers.named.shop.key-hashes, or secret-id and secret-key, must be set",
            "gateway.callers.named.shop.weight       | heavy     | gateway.callers.named.shop.weight",
            "gateway.callers.named.shop.max-concurrent | many      | gateway.callers.named.shop.max-concurrent",
            "gateway.callers.named.shop.charges-per-day | 1.5    | gateway.callers.named.shop.charges-per-day",
            "gateway.callers.named.anonymous.secret-key | k       | gateway.callers.named.anonymous must have a name of",
            "gateway.http.request-timeout            | 0s        | gateway.http.request-timeout must be 1 ms to 5 minutes",
            "gateway.http.request-timeout            | 301s      | gateway.http.request-timeout must be 1 ms to 5 minutes",
            "gateway.http.write-timeout              | 0s        | gateway.http.write-timeout must be 1 ms to 5 minutes",
            "gateway.http.write-timeout              | 301s      | gateway.http.write-timeout must be 1 ms to 5 minutes",
            "gateway.http.unauthenticated-idle-timeout | 9ms     | gateway.http.unauthenticated-idle-timeout must be 10 ms to 5 minutes",
            "gateway.http.unauthenticated-idle-timeout | 301s    | gateway.http.unauthenticated-idle-timeout must be 10 ms to 5 minutes",
            "gateway.http.max-unread-bytes           | 65535     | gateway.http.max-unread-bytes must be 65536 to 1073741824",
            "gateway.http.max-unread-bytes           | 1073741825 | gateway.http.max-unread-bytes must be 65536 to 1073741824",
            "gateway.http.buffer-percent             | 0         | gateway.http.buffer-percent must be 1 to 50",
            "gateway.http.buffer-percent             | 51        | gateway.http.buffer-percent must be 1 to 50",
            "gateway.http.client-certificate-required | true     | quarkus.http.insecure-requests must be disabled if",
            "gateway.http.client-certificate-required | perhaps  | gateway.http.client-certificate-required",
            "gateway.callers.named.shop.secrt-id     | AKIDSHOP  | gateway.callers.named.shop.secrt-id",
            "gateway.sandbox.enabled                 | ja        | gateway.sandbox.enabled",
            "gateway.sandbox.host                    | ''        | gateway.sandbox.host",
            "gateway.sandbox.port                    | 0         | gateway.sandbox.port must be 1 to 65535",
            "gateway.sandbox.port                    | 65536     | gateway.sandbox.port must be 1 to 65535",
            "gateway.sandbox.limit                   | 0         | gateway.sandbox.limit must be 1 to 60000000",
            "gateway.sandbox.limit-algorithm         | strict    | gateway.sandbox.limit-algorithm",
            "gateway.sandbox.delay                   | 61s       | gateway.sandbox.delay must be 0 to 60 s",
            "gateway.sandbox.delay                   | 200000d   | gateway.sandbox.delay must be 0 to 60 s",
            "gateway.sandbox.jitter                  | -PT1S     | gateway.sandbox.jitter must be 0 to 60 s",
            "gateway.sandbox.latency                 | 61s       | gateway.sandbox.latency must be 0 to 60 s",
            "gateway.sandbox.latency-p99             | 61s       | gateway.sandbox.latency-p99 must be 0 to 60 s",
            "gateway.sandbox.clock-offset            | 25h       | gateway.sandbox.clock-offset must be -24 to 24 h",
            "gateway.sandbox.daily-limit             | -1        | gateway.sandbox.daily-limit must be 0 to 60000000",
            "gateway.sandbox.faults                  | earthquake | gateway.sandbox.faults: a fault is one of",
            "gateway.sandbox.seed                    | oak       | gateway.sandbox.seed",
            "quarkus.http.port                       | 65536     | quarkus.http.port must be 0 to 65535",
            "quarkus.http.idle-timeout               | 33s       | quarkus.http.idle-timeout must be above gateway.pacing.max-wait and gateway.upstream.answer-timeout together",
            "quarkus.http.limits.max-connections     | 0         | quarkus.http.limits.max-connections must be 1 to",
            "quarkus.shutdown.delay                  | -PT1S     | quarkus.shutdown.delay must be zero or more",
            "quarkus.shutdown.timeout                | 13s       | quarkus.shutdown.timeout must be above gateway.upstream.answer-timeout",
            "gateway.upstream.circuit-breaker.failure-ratio | 2 | failure-ratio must be above 0, to 1",
            "gateway.upstream.circuit-breaker.delay | 0s | delay must be 1 ms to 10 minutes",
            "gateway.upstream.circuit-breaker.request-volume-threshold | 0 | request-volume-threshold must be 1 to 100000",
            "gateway.upstream.circuit-breaker.success-threshold | 0 | success-threshold must be 1 to 100000",
            "quarkus.rest-client.tencentcloud.connect-timeout | 0 | quarkus.rest-client.tencentcloud.connect-timeout must be 1 to",
            "quarkus.rest-client.tencentcloud.read-timeout | -1   | quarkus.rest-client.tencentcloud.read-timeout must be 1 to",
            "quarkus.rest-client.tencentcloud.read-timeout | 10s  | quarkus.rest-client.tencentcloud.read-timeout must be a number",
            "quarkus.rest-client.tencentcloud.http2  | true      | quarkus.rest-client.tencentcloud.http2 must be false",
            "quarkus.rest-client.alpn                | true      | quarkus.rest-client.alpn must be false",
            "quarkus.rest-client.tencentcloud.connection-pool-size | 46341 | quarkus.rest-client.tencentcloud.connection-pool-size must be 1 to 46340",
            "quarkus.rest-client.tencentcloud.connection-pool-size | 240 | quarkus.rest-client.tencentcloud.connection-pool-size must be above what gateway.pacing.limit sends within both timeouts, which is 240" })
    void invalid_value_is_reported_by_key_and_rule(String key, String value, String message) throws Throwable {
        var changes = new HashMap<>(Map.of(key, value));
        changes.putIfAbsent("gateway.callers.anonymous", "true");
        if (key.startsWith("gateway.sandbox.")) {
            changes.putIfAbsent("gateway.sandbox.enabled", "true");
            changes.put("gateway.upstream.endpoint", "http://localhost:8090");
        }
        var refused = catchThrowable(() -> start(config(changes)));
        assertThat(refused).isInstanceOfAny(ConfigurationException.class, ConfigValidationException.class);
        assertThat(refused.getMessage()).doesNotContain("S3CRET").doesNotContain("\tat ");
        // SmallRye Config's own has a heading, and a line for each that is wrong.
        assertThat(refused.getMessage().replace("Configuration validation failed:\n\t", "").lines().findFirst().orElseThrow())
                .contains(message);
    }
}
