package io.cardverification.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The compose file: its variables are settings, and its gateways are equal. */
class ComposeTest {

    private static final Path FILE = Path.of("src", "main", "docker", "compose.yaml");

    private static Map<String, Map<String, Object>> services() throws IOException {
        Map<String, Map<String, Map<String, Object>>> compose = new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(Files.readString(FILE));
        return Map.copyOf(compose.get("services"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> environment(String service) throws IOException {
        return (Map<String, Object>) services().get(service).get("environment");
    }

    private static Set<String> variables() throws IOException {
        var variables = Manifests.defaults().keySet().stream()
                .map(key -> key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_")).collect(Collectors.toSet());
        variables.addAll(Set.of("TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRET_KEY", "QUARKUS_PROFILE"));
        return variables;
    }

    @Test
    void variables_of_the_gateways_are_settings() throws IOException {
        for (var service : Set.of("gateway-1", "gateway-2", "sandbox")) {
            assertThat(environment(service).keySet()).as(service).isNotEmpty().isSubsetOf(variables());
        }
    }

    @Test
    void gateways_differ_only_in_their_ports() throws IOException {
        var keys = new HashSet<>(services().get("gateway-1").keySet());
        assertThat(keys).isEqualTo(services().get("gateway-2").keySet());
        keys.remove("ports");
        assertThat(keys).contains("image", "environment").allSatisfy(
                key -> assertThat(services().get("gateway-2").get(key)).isEqualTo(services().get("gateway-1").get(key)));
    }

    @Test
    void gateways_use_the_database_and_the_sandbox_of_the_file() throws IOException {
        var gateway = environment("gateway-1");
        var database = environment("postgresql");
        assertThat(gateway).containsEntry("GATEWAY_STORE", "postgresql")
                .containsEntry("GATEWAY_STORE_POSTGRESQL_HOST", "postgresql")
                .containsEntry("GATEWAY_STORE_POSTGRESQL_PASSWORD", database.get("POSTGRES_PASSWORD"))
                .containsEntry("GATEWAY_UPSTREAM_ENDPOINT",
                        "http://sandbox:" + Manifests.defaults().get("gateway.sandbox.port"))
                .containsEntry("TENCENTCLOUD_SECRET_ID", Manifests.defaults().get("gateway.sandbox.secret-id"))
                .containsEntry("TENCENTCLOUD_SECRET_KEY", Manifests.defaults().get("gateway.sandbox.secret-key"));
        assertThat(database).containsEntry("POSTGRES_USER", Manifests.defaults().get("gateway.store.postgresql.user"))
                .containsEntry("POSTGRES_DB", Manifests.defaults().get("gateway.store.postgresql.database"));
    }

    @Test
    void no_port_is_open_to_other_machines() throws IOException {
        assertThat(services().values()).flatExtracting(service -> (Collection<?>) service.getOrDefault("ports", Set.of()))
                .isNotEmpty().allSatisfy(port -> assertThat(port.toString()).startsWith("127.0.0.1:"));
    }
}
