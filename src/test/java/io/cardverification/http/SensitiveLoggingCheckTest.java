package io.cardverification.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

class SensitiveLoggingCheckTest {

    private static void check(Map<String, String> settings) {
        SensitiveLoggingCheck
                .check(new SmallRyeConfigBuilder().withSources(new PropertiesConfigSource(settings, "settings", 100)).build());
    }

    @ParameterizedTest
    @ValueSource(strings = { "%t %m %s %b %{RESPONSE_TIME}ms", "%h %{time,yyyy-MM-dd} \"%m\" %D",
            "%{response_code} %{REMOTE_IP}" })
    void accepts_patterns_without_data_from_clients(String pattern) {
        assertThat(SensitiveLoggingCheck.isAllowedPattern(pattern)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "common", "combined", "long", "%r", "%<r", "%U", "%R", "%q", "%{QUERY_STRING}", "%{q,Name}",
            "%{i,Authorization}", "%{o,Location}", "%{c,session}", "%{ALL_REQUEST_HEADERS}", "%{REQUEST_PATH}", "%{d,x}",
            "%{X,x}", "%u", "%%r", "%t ${REQUEST_URL}", "%{request_url}", "%{BARE_QUERY_STRING}", "%m %s %{REQUEST_LINE}" })
    void rejects_patterns_with_data_from_clients(String pattern) {
        assertThat(SensitiveLoggingCheck.isAllowedPattern(pattern)).isFalse();
    }

    @Test
    void rejects_a_sensitive_access_log_only_if_enabled() {
        assertThatCode(() -> check(Map.of("quarkus.http.access-log.pattern", "%r"))).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(Map.of("quarkus.http.access-log.pattern", "%r", "quarkus.http.access-log.enabled",
                "true"))).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("quarkus.http.access-log.pattern must");
    }

    @ParameterizedTest
    @CsvSource({ "quarkus.rest-client.logging.scope,request-response", "quarkus.rest-client.tencentcloud.logging.scope,all",
            "quarkus.rest-client.\"a.b\".logging.scope,all" })
    void rejects_rest_client_logging(String key, String scope) {
        assertThatThrownBy(() -> check(Map.of(key, scope))).isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(key + " must be none");
        assertThatCode(() -> check(Map.of(key, "none"))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = { "quarkus.log.category.\"io.vertx\".level",
            "quarkus.log.category.\"io.vertx.ext.web.impl.RouterImpl\".level",
            "quarkus.log.category.\"io.quarkus.micrometer.runtime\".level" })
    void rejects_debug_levels_of_sensitive_loggers(String key) {
        for (var level : List.of("DEBUG", "TRACE", "ALL", "FINE", "trace")) {
            assertThatThrownBy(() -> check(Map.of(key, level))).isInstanceOf(ConfigurationException.class)
                    .hasMessageStartingWith(key + " must be INFO or coarser");
        }
        assertThatCode(() -> check(Map.of(key, "WARN", "quarkus.log.category.\"io.netty\".level", "TRACE")))
                .doesNotThrowAnyException();
    }
}
