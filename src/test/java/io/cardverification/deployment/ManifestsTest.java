package io.cardverification.deployment;

import static io.cardverification.deployment.Manifests.BASE;
import static io.cardverification.deployment.Manifests.MONITORING;
import static io.cardverification.deployment.Manifests.ROOT;
import static io.cardverification.deployment.Manifests.container;
import static io.cardverification.deployment.Manifests.revision;
import static io.cardverification.deployment.Manifests.setting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.kustomize.v1beta1.Kustomization;

/** What is applied to a cluster, held to the models of its kinds and to what it names. */
class ManifestsTest {

    private static List<Path> files(String ending) throws IOException {
        try (var files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }

    @Test
    void every_manifest_has_the_fields_of_its_kind_and_no_others() throws IOException {
        for (var file : files(".yaml")) {
            if (!file.endsWith("knative-names.yaml")) { // which is kustomize's own, and has no kind
                assertThat(Manifests.in(Files.readString(file))).as(file.toString()).isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({ "base/knative-service.yaml, runAsNonRoot:, runAsNonRooot:",
            "base/knative-service.yaml, timeoutSeconds: 60, timeOutSeconds: 60",
            "base/pod-monitor.yaml, targetLabel:, targetlabel:", "base/kustomization.yaml, newTag:, tag:",
            "monitoring/alerts.yaml, expr:, expression:", "overlays/deployment/deployment.yaml, type: Recreate, kind: Recreate",
            "overlays/deployment/network-policy.yaml, cidr:, ip:",
            "overlays/deployment/pod-disruption-budget.yaml, maxUnavailable:, maxUnavalaible:",
            "overlays/deployment/service.yaml, targetPort:, target:",
            "overlays/deployment/persistent-volume-claim.yaml, accessModes:, accessMode:",
            "components/postgresql/kustomization.yaml, target:, targets:",
            "overlays/deployment/deployment.yaml, replicas: 1, 'selector: {}'" })
    void a_field_that_its_kind_does_not_have_is_found(String file, String field, String another) throws IOException {
        var yaml = Files.readString(ROOT.resolve(file));
        assertThat(yaml).contains(field);
        assertThatThrownBy(() -> Manifests.in(yaml.replaceFirst(field, another))).isInstanceOf(IOException.class)
                .hasMessageFindingMatch("Unrecognized field|Duplicate field");
    }

    @Test
    void kustomizations_name_every_file_but_the_example() throws IOException {
        var left = new HashSet<>(files(""));
        left.removeIf(Files::isDirectory);
        for (var file : files("kustomization.yaml")) {
            var kustomization = Manifests.one(file, Kustomization.class);
            var named = new ArrayList<>(kustomization.getResources());
            named.addAll(kustomization.getConfigurations());
            named.addAll(kustomization.getComponents());
            kustomization.getConfigMapGenerator().forEach(each -> named.addAll(each.getFiles()));
            for (var name : named) {
                var path = file.resolveSibling(name).normalize();
                assertThat(Files.isDirectory(path) ? path.resolve("kustomization.yaml") : path).exists();
                left.remove(path);
            }
            left.remove(file);
        }
        assertThat(left).containsExactlyInAnyOrder(BASE.resolve("secret-example.yaml"),
                Manifests.COMPONENT.resolve("secret-example.yaml"));
        assertThat(Manifests.one(BASE.resolve("kustomization.yaml"), Kustomization.class).getResources())
                .contains("../monitoring");
        assertThat(Manifests.one(MONITORING.resolve("kustomization.yaml"), Kustomization.class).getResources())
                .containsExactly("alerts.yaml");
    }

    @Test
    void settings_are_settings_and_secrets_are_in_the_example() throws IOException {
        assertThat(Manifests.defaults().keySet()).containsAll(Manifests.settings().keySet())
                .containsAll(Manifests.settings(Manifests.OVERLAY).keySet());
        assertThat(container().getEnv()).extracting(each -> each.getName())
                .containsExactly(setting("gateway.upstream.secret-id"), setting("gateway.upstream.secret-key"));
        var example = Manifests.in(Files.readString(BASE.resolve("secret-example.yaml"))).stream().map(Secret.class::cast)
                .toList();
        var keys = example.stream().flatMap(secret -> secret.getStringData().keySet().stream()
                .map(key -> secret.getMetadata().getName() + " " + key)).toList();
        var mounted = revision().getSpec().getVolumes().stream().filter(volume -> volume.getSecret() != null).toList();
        assertThat(mounted).hasSize(1);
        var place = container().getVolumeMounts().stream()
                .filter(mount -> mount.getName().equals(mounted.get(0).getName())).findFirst().orElseThrow();
        var file = Path.of(setting("gateway.callers.file"));
        assertThat(file.getParent()).hasToString(place.getMountPath());
        assertThat(place.getSubPath()).isNull();
        assertThat(Stream.concat(container().getEnv().stream().map(each -> each.getValueFrom().getSecretKeyRef())
                .map(ref -> ref.getName() + " " + ref.getKey()),
                Stream.of(mounted.get(0).getSecret().getSecretName() + " " + file.getFileName())))
                .containsExactlyInAnyOrderElementsOf(keys);
        assertThat(example).filteredOn(secret -> secret.getStringData().containsKey(file.getFileName().toString()))
                .singleElement().satisfies(secret -> assertThat(secret.getStringData().get(file.getFileName().toString()))
                        .endsWith("\n"));
        assertThat(example).allSatisfy(secret -> assertThat(secret.getStringData().values()).allSatisfy(
                value -> assertThat(value.lines().filter(line -> !line.startsWith("#")))
                        .allSatisfy(
                                line -> assertThat(line).matches("(gateway\\.callers\\.named\\.[a-z.-]+=)?REPLACE-[A-Z-]+"))));
    }

    @Test
    void component_sets_settings_and_its_secrets_are_in_the_example() throws IOException {
        var added = new ArrayList<EnvVar>();
        for (var patch : Manifests.one(Manifests.COMPONENT.resolve("kustomization.yaml"), Kustomization.class).getPatches()) {
            for (var operation : new YAMLMapper().readTree(patch.getPatch())) {
                if (operation.get("path").asText().endsWith("/env/-")) {
                    added.add(new YAMLMapper().treeToValue(operation.get("value"), EnvVar.class));
                }
            }
        }
        var variables = Manifests.defaults().keySet().stream()
                .map(key -> key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_")).toList();
        assertThat(added).extracting(EnvVar::getName).contains("GATEWAY_STORE").isSubsetOf(variables);
        var example = Manifests.one(Manifests.COMPONENT.resolve("secret-example.yaml"), Secret.class);
        assertThat(added.stream().filter(each -> each.getValueFrom() != null)
                .map(each -> each.getValueFrom().getSecretKeyRef()))
                .allSatisfy(ref -> assertThat(ref.getName()).isEqualTo(example.getMetadata().getName()))
                .extracting(SecretKeySelector::getKey).containsExactlyInAnyOrderElementsOf(example.getStringData().keySet());
        assertThat(example.getStringData().values()).allSatisfy(value -> assertThat(value).matches("REPLACE-[A-Z-]+"));
    }
}
