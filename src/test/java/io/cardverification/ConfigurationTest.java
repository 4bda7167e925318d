package io.cardverification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;

import io.cardverification.documentation.Documents;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.WithDefault;

/** The documented tables of settings have the settings of the code, with their defaults, and no others. */
class ConfigurationTest {

    /** What a cell says in words, and what stands for it in {@code application.properties}. */
    private static final Map<String, String> WORDS = Map.of("none", "", "no limit", "", "random", "", "the upstream's",
            "", "7d", "", "20000000", "");

    /** The table: default by key. */
    private static Map<String, String> told() throws IOException {
        try (var lines = Files.lines(Documents.CONFIGURATION)) {
            return lines.filter(line -> line.matches("\\| `(gateway|quarkus)\\..*"))
                    .map(line -> line.replace("`", "").substring(1).split("\\|", 3))
                    .collect(Collectors.toMap(cells -> cells[0].strip(), cells -> cells[1].strip(), (one, another) -> {
                        throw new IllegalStateException("twice in the table: " + one);
                    }, TreeMap::new));
        }
    }

    private static List<Class<?>> mappings() {
        return new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("io.cardverification").stream()
                // What is within another is for a file, and a part of what is mapped.
                .filter(each -> each.isAnnotatedWith(ConfigMapping.class) && each.isTopLevelClass())
                .<Class<?>> map(JavaClass::reflect)
                .toList();
    }

    /** Every key that the code maps, and its default; of what callers are called and lists count, an example. */
    private static Map<String, String> mapped() throws IOException {
        var properties = new Properties();
        try (var in = Files.newInputStream(Path.of("src", "main", "resources", "application.properties"))) {
            properties.load(in);
        }
        var mapped = new TreeMap<String, String>();
        for (var mapping : mappings()) {
            ConfigMappings.getProperties(ConfigClass.configClass(mapping)).forEach((key, property) -> {
                if (!key.endsWith("[*]")) {
                    Method method = property.getMethod();
                    var byDefault = method.isAnnotationPresent(WithDefault.class)
                            ? method.getAnnotation(WithDefault.class).value()
                            : "";
                    mapped.put(key.replace("*", "example"), properties.getProperty(key, byDefault));
                }
            });
        }
        told().keySet().stream().filter(key -> key.startsWith("quarkus."))
                .forEach(key -> mapped.put(key, properties.getProperty(key, BY_QUARKUS.getOrDefault(key, "in no file"))));
        // ${TENCENTCLOUD_TOKEN:} comes from there, and has no default.
        mapped.replaceAll((key, value) -> value.replaceFirst("^\\$\\{(\\w+):}$", "$1"));
        return mapped;
    }

    /** Those whose default is Quarkus' own. */
    private static final Map<String, String> BY_QUARKUS = Map.of("quarkus.http.port", "8080", "quarkus.management.port",
            "9000", "quarkus.management.host", "0.0.0.0", "quarkus.log.console.json.enabled", "true");

    @Test
    void table_has_exactly_the_settings_and_their_defaults() throws IOException {
        var told = told();
        told.replaceAll((key, value) -> WORDS.getOrDefault(value, value));
        assertThat(told).isEqualTo(mapped());
    }

    @Test
    void keys_are_checked_against_the_settings_of_every_package() {
        assertThat(UnknownConfigKeyCheck.MAPPINGS.keySet()).containsExactlyInAnyOrderElementsOf(mappings());
        UnknownConfigKeyCheck.MAPPINGS.forEach((mapping, prefix) -> assertThat("gateway." + prefix)
                .isEqualTo(mapping.getAnnotation(ConfigMapping.class).prefix()));
        assertThat(UnknownConfigKeyCheck.names()).containsExactlyInAnyOrderElementsOf(mappings().stream()
                .flatMap(mapping -> ConfigMappings.getProperties(ConfigClass.configClass(mapping)).keySet().stream()).toList());
    }

    @Test
    void unknown_key_is_rejected() {
        UnknownConfigKeyCheck.require(Stream.of("GATEWAY_PACING_LIMIT", "GATEWAY_SANDBOX_FAULTS", "GATEWAY_SANDBOX_FAULTS_0_",
                "GATEWAY_CALLERS_NAMED__MY_SHOP__SECRET_ID", "GATEWAY_UPSTREAM_ENCRYPTION_PUBLIC_KEY", "PATH",
                "gateway.callers.named.\"my shop\".secret-id", "gateway.service.host", "GATEWAY_SERVICE_HOST",
                "GATEWAY_SERVICE_PORT_HTTP", "GATEWAY_PORT", "GATEWAY_PORT_8080_TCP_ADDR"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GATEWAY_PACING_LIMT                       | GATEWAY_PACING_LIMIT
            GATEWAY_PACNG_LIMIT                       | GATEWAY_PACING_LIMIT
            GATEWAY_PACING_LIMIT_                     | GATEWAY_PACING_LIMIT
            gateway.pacng.limit                       | gateway.pacing.limit
            gateway.pacing.limt                       | gateway.pacing.limit
            GATEWAY_CALLERS_NAMED__SHOP__SECRT_ID     | GATEWAY_CALLERS_NAMED_*_SECRET_ID
            gateway.unlike.any.other.key.of.the.table |
            gateway.pacing.predecessor                | gateway.pacing.start-saturated
            GATEWAY_PACING_LOCK_OUT                   | GATEWAY_PACING_REJECTION_TIMEOUT
            gateway.callers.named.shop.most-waiting   | gateway.callers.named.shop.max-concurrent
            gateway.edge.response-timeout             | gateway.http.write-timeout
            GATEWAY_EDGE_BUFFER_PERCENT               | GATEWAY_HTTP_BUFFER_PERCENT
            """)
    void rejects_unknown_key_and_suggests_known_one(String unknown, String suggested) {
        assertThatThrownBy(() -> UnknownConfigKeyCheck.require(Stream.of("PATH", unknown)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("Unknown configuration key: " + unknown
                        + (suggested == null ? "" : " (did you mean " + suggested + "?)"));
    }

    @Test
    void documented_old_key_gets_its_new_name() throws IOException {
        var renamed = Documents.rows(Documents.UPGRADES, "Setting").stream().filter(row -> row.get(1).startsWith("gateway."));
        assertThat(renamed).hasSizeGreaterThan(10).allSatisfy(
                row -> assertThat(ConfigKeySuggestion.of(row.get(1), Stream.empty())).hasValue(row.get(2)));
    }
}
