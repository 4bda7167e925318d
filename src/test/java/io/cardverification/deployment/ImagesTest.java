package io.cardverification.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.cardverification.HotPath;
import io.cardverification.documentation.Documents;

/** The Dockerfiles, as far as they can be held to something without building them. */
class ImagesTest {

    private static String dockerfile(String name) throws IOException {
        return Files.readString(Path.of("src", "main", "docker", name)).replace("\\\n", "");
    }

    /** The last stage, which is what runs. */
    private static String image(String name) throws IOException {
        var dockerfile = dockerfile(name);
        return dockerfile.substring(dockerfile.lastIndexOf("\nFROM ") + 1);
    }

    /** What follows the instruction, wherever it stands. */
    private static List<String> said(String dockerfile, String instruction) {
        return Pattern.compile("(?m)^" + instruction + " +(.*)$").matcher(dockerfile).results().map(found -> found.group(1))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = { "Dockerfile.jvm", "Dockerfile.native-micro" })
    void images_run_as_a_number_without_a_shell_and_from_a_version(String name) throws IOException {
        var dockerfile = image(name);
        assertThat(said(dockerfile, "FROM")).singleElement().asString().matches("[a-z.]+/[a-z/0-9-]+:[0-9][\\w.-]*");
        assertThat(said(dockerfile, "USER")).singleElement().asString().matches("[1-9][0-9]+");
        assertThat(said(dockerfile, "(?:RUN|HEALTHCHECK|CMD|SHELL)")).isEmpty();
        assertThat(new ObjectMapper().readValue(said(dockerfile, "ENTRYPOINT").get(0), String[].class))
                .contains("-XX:+ExitOnOutOfMemoryError");
        assertThat(said(dockerfile, "EXPOSE")).containsExactly(
                Manifests.defaults().get("quarkus.http.port") + " " + Manifests.defaults().get("quarkus.management.port"));
        assertThat(said(dockerfile, "LABEL").get(0)).contains("org.opencontainers.image.title=",
                "org.opencontainers.image.licenses=\"Apache-2.0\"", "org.opencontainers.image.version=",
                "org.opencontainers.image.revision=");
    }

    @ParameterizedTest
    @ValueSource(strings = { "Dockerfile.jvm", "Dockerfile.native-micro" })
    void settings_are_mounted_at_the_path_of_the_gateway(String name) throws IOException {
        assertThat(Files.readString(Manifests.BASE.resolve("knative-service.yaml")))
                .contains("mountPath: " + said(image(name), "WORKDIR").get(0) + "/config\n");
    }

    /**
     * A directory that is copied has the mode of the stage before. A volume would hide that the operator forgot to mount one.
     */
    @ParameterizedTest
    @ValueSource(strings = { "Dockerfile.jvm", "Dockerfile.native-micro" })
    void only_the_directory_of_the_store_belongs_to_the_user(String name) throws IOException {
        var directory = Path.of(Manifests.defaults().get("gateway.store.file")).getParent();
        var made = new ObjectMapper().readValue(said(dockerfile(name), "RUN").get(said(dockerfile(name), "RUN").size() - 1),
                String[].class);
        assertThat(made).containsExactly("install", "-d", "-m", "0770", "/writable/" + directory);
        var image = image(name);
        assertThat(said(image, "COPY")).filteredOn(copied -> copied.contains("--chown")).singleElement().asString()
                .matches("--from=[a-z]+ --chown=" + said(image, "USER").get(0) + ":0 /writable/ \\./");
        assertThat(said(image, "VOLUME")).isEmpty();
        assertThat(said(image, "WORKDIR")).containsExactly("/deployments");
    }

    @ParameterizedTest
    @ValueSource(strings = { "-XX:-HeapDumpOnOutOfMemoryError", "-XX:-CreateCoredumpOnCrash", "-XX:MaxRAMPercentage=50" })
    void jvm_options_limit_the_heap_and_write_no_dumps(String option) throws IOException {
        assertThat(said(image("Dockerfile.jvm"), "ENTRYPOINT").get(0)).contains('"' + option + '"');
    }

    @Test
    void aot_cache_fits_the_image_and_is_used() throws IOException {
        var dockerfile = dockerfile("Dockerfile.jvm");
        var learning = new ObjectMapper().readValue(said(dockerfile, "RUN").get(0), String[].class);
        var trial = new ObjectMapper().readValue(said(dockerfile, "RUN").get(1), String[].class);
        assertThat(learning).contains("-XX:AOTCacheOutput=app.aot").contains(HotPath.class.getName());
        assertThat(trial).contains("-XX:AOTMode=on", "-XX:AOTCache=app.aot", HotPath.class.getName());
        assertThat(said(image("Dockerfile.jvm"), "ENTRYPOINT").get(0)).contains("\"-XX:AOTCache=app.aot\"");
        assertThat(
                List.of(said(dockerfile, "RUN").get(0), said(dockerfile, "RUN").get(1), said(dockerfile, "ENTRYPOINT").get(0)))
                .allSatisfy(command -> assertThat(command).contains("\"-XX:+UseCompactObjectHeaders\""));
        var base = said(image("Dockerfile.jvm"), "FROM").get(0);
        assertThat(said(dockerfile, "FROM")).containsExactly(base + " AS learnt", base);
        assertThat(said(image("Dockerfile.jvm"), "COPY")).first().isEqualTo("--from=learnt /deployments/ ./");
        assertThat(said(dockerfile, "WORKDIR")).containsOnly("/deployments");
    }

    /** Those that print keys end by themselves. */
    @Test
    void every_documented_command_ends_when_memory_does() throws IOException {
        var documents = new StringBuilder();
        for (var document : Documents.all()) {
            documents.append(Files.readString(document)).append('\n');
        }
        var documented = documents.toString().replace("\\\n", "").lines()
                .filter(line -> line.matches("(.* )?java .*-jar \\S*quarkus-run.jar.*|target/\\S*-runner .*"))
                .filter(line -> !line.contains("new-key")).toList();
        assertThat(documented).hasSizeGreaterThan(5)
                .allSatisfy(line -> assertThat(line).contains("-XX:+ExitOnOutOfMemoryError"));
    }

    /** Else the images' options would be lost. */
    @Test
    void manifests_use_the_entry_point_of_the_image() throws IOException {
        try (var files = Files.walk(Path.of("k8s"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".yaml")).toList()).isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContainPattern("(?m)^ *(command|args):"));
        }
    }

    @Test
    void files_of_the_image_are_not_ignored() throws IOException {
        assertThat(Files.readAllLines(Path.of(".dockerignore"))).containsExactly("*", "!target/quarkus-app/",
                "!target/*-runner",
                "!target/test-classes/" + HotPath.class.getName().replace('.', '/') + ".class");
    }
}
