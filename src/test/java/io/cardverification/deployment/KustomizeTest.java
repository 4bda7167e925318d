package io.cardverification.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;

/** What kustomize makes of it, where {@code kubectl} or {@code kustomize} is installed. */
class KustomizeTest {

    @TempDir
    Path folder;

    private static boolean installed(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1)).map(Path::of)
                .map(place -> place.resolve(program)).anyMatch(Files::isExecutable);
    }

    private List<Object> built(Path kustomization) throws Exception {
        var kubectl = installed("kubectl");
        assumeThat(kubectl || installed("kustomize")).isTrue();
        var yaml = folder.resolve("built.yaml").toFile();
        var building = new ProcessBuilder(kubectl ? List.of("kubectl", "kustomize", kustomization.toString())
                : List.of("kustomize", "build", kustomization.toString())).redirectOutput(yaml).redirectError(Redirect.INHERIT)
                .start();
        assertThat(building.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(building.exitValue()).isZero();
        return Manifests.in(Files.readString(yaml.toPath(), StandardCharsets.UTF_8));
    }

    private static List<String> names(List<Object> built) {
        return built.stream().map(HasMetadata.class::cast)
                .map(each -> each.getKind() + " " + each.getMetadata().getName()
                        .replaceFirst("^card-verification-gateway", "").replaceFirst("-[2-9bcdfghkmt]{10}$", "-HASH"))
                .toList();
    }

    private static String settings(List<Object> built) {
        return built.stream().filter(ConfigMap.class::isInstance).map(ConfigMap.class::cast)
                .filter(each -> each.getData().containsKey("application.properties")).findFirst().orElseThrow().getMetadata()
                .getName();
    }

    private static Stream<String> mounted(List<Volume> volumes) {
        return volumes.stream().filter(volume -> volume.getConfigMap() != null).map(volume -> volume.getConfigMap().getName());
    }

    @Test
    void the_base_is_the_gateway_on_knative() throws Exception {
        var built = built(Manifests.BASE);
        assertThat(names(built)).containsExactlyInAnyOrder("ServiceAccount ", "ConfigMap -HASH", "ConfigMap -dashboard",
                "Service ", "PodMonitor ", "PrometheusRule ");
        var template = Manifests.one(built, io.fabric8.knative.serving.v1.Service.class).getSpec().getTemplate();
        assertThat(mounted(template.getSpec().getVolumes())).containsExactly(settings(built));
        assertThat(template.getSpec().getContainers().get(0).getImage()).matches("registry\\.example\\.com/[a-z-]+:[0-9.]+");
        assertThat(template.getMetadata().getLabels())
                .containsAllEntriesOf(Manifests.one(built, PodMonitor.class).getSpec().getSelector().getMatchLabels());
    }

    @Test
    void the_overlay_is_the_gateway_without_knative() throws Exception {
        var built = built(Manifests.OVERLAY);
        assertThat(names(built)).containsExactlyInAnyOrder("ServiceAccount ", "ConfigMap -HASH", "ConfigMap -dashboard",
                "Service ", "Service -management", "Deployment ", "PersistentVolumeClaim ", "PodDisruptionBudget ",
                "NetworkPolicy ", "ServiceMonitor ", "PrometheusRule ");
        assertThat(built).noneMatch(io.fabric8.knative.serving.v1.Service.class::isInstance);
        var deployment = Manifests.one(built, Deployment.class).getSpec();
        var template = deployment.getTemplate();
        assertThat(mounted(template.getSpec().getVolumes())).containsExactly(settings(built));
        assertThat(template.getSpec().getContainers().get(0).getImage()).matches("registry\\.example\\.com/[a-z-]+:[0-9.]+");

        var services = built.stream().filter(Service.class::isInstance).map(Service.class::cast).toList();
        assertThat(Stream.concat(services.stream().map(each -> each.getSpec().getSelector()), Stream.of(
                deployment.getSelector().getMatchLabels(),
                Manifests.one(built, PodDisruptionBudget.class).getSpec().getSelector().getMatchLabels(),
                Manifests.one(built, NetworkPolicy.class).getSpec().getPodSelector().getMatchLabels())))
                .hasSize(5)
                .allSatisfy(selector -> assertThat(template.getMetadata().getLabels()).containsAllEntriesOf(selector));
        assertThat(services).allSatisfy(service -> assertThat(service.getSpec().getPorts())
                .allSatisfy(port -> assertThat(template.getSpec().getContainers().get(0).getPorts())
                        .anyMatch(each -> each.getName().equals(port.getTargetPort().getStrVal()))));

        var monitor = Manifests.one(built, ServiceMonitor.class).getSpec();
        Map<String, String> wanted = monitor.getSelector().getMatchLabels();
        var watched = services.stream()
                .filter(service -> service.getMetadata().getLabels().entrySet().containsAll(wanted.entrySet())).toList();
        assertThat(watched).hasSize(1);
        assertThat(watched.get(0).getSpec().getPorts()).extracting(port -> port.getName())
                .containsExactly(monitor.getEndpoints().get(0).getPort());
    }

    private static Map<String, EnvVar> variables(Container container) {
        return container.getEnv().stream().collect(Collectors.toMap(EnvVar::getName, Function.identity()));
    }

    @Test
    void replicas_share_a_database_and_have_no_volume() throws Exception {
        var built = built(Manifests.REPLICAS);
        assertThat(names(built)).contains("Deployment ", "PodDisruptionBudget ").doesNotContain("PersistentVolumeClaim ");
        var deployment = Manifests.one(built, Deployment.class).getSpec();
        assertThat(deployment.getReplicas()).isBetween(2, 5);
        assertThat(deployment.getStrategy().getType()).isEqualTo("RollingUpdate");
        assertThat(deployment.getStrategy().getRollingUpdate().getMaxUnavailable().getIntVal()).isZero();
        var pod = deployment.getTemplate().getSpec();
        assertThat(pod.getTopologySpreadConstraints()).hasSize(2).allSatisfy(constraint -> assertThat(
                deployment.getTemplate().getMetadata().getLabels())
                .containsAllEntriesOf(constraint.getLabelSelector().getMatchLabels()));
        assertThat(pod.getVolumes()).noneMatch(volume -> volume.getPersistentVolumeClaim() != null);
        var container = pod.getContainers().get(0);
        assertThat(container.getVolumeMounts()).extracting(VolumeMount::getName)
                .containsExactlyInAnyOrderElementsOf(pod.getVolumes().stream().map(Volume::getName).toList());
        assertThat(variables(container).get("GATEWAY_STORE").getValue()).isEqualTo("postgresql");
        assertThat(Manifests.one(built, NetworkPolicy.class).getSpec().getEgress()).last()
                .satisfies(rule -> assertThat(rule.getPorts().get(0).getPort().getIntVal()).isEqualTo(5432));
    }

    @Test
    void component_keeps_the_store_of_knative_in_a_database() throws Exception {
        var kustomization = folder.resolve("kustomization.yaml");
        // Kustomize allows no absolute paths.
        Files.writeString(kustomization, "resources: [%s]%ncomponents: [%s]%n".formatted(
                folder.toRealPath().relativize(Manifests.BASE.toRealPath()),
                folder.toRealPath().relativize(Manifests.COMPONENT.toRealPath())));
        var built = built(folder);
        var template = Manifests.one(built, io.fabric8.knative.serving.v1.Service.class).getSpec().getTemplate();
        var variables = variables(template.getSpec().getContainers().get(0));
        assertThat(variables.get("GATEWAY_STORE").getValue()).isEqualTo("postgresql");
        assertThat(variables.get("GATEWAY_SHARING_SECRET").getValueFrom().getSecretKeyRef().getKey())
                .isEqualTo("sharing-secret");
        assertThat(variables).containsKey("TENCENTCLOUD_SECRET_ID");
    }

    @Test
    void knative_scales_from_zero_with_a_database() throws Exception {
        var built = built(Manifests.KNATIVE_REPLICAS);
        var template = Manifests.one(built, io.fabric8.knative.serving.v1.Service.class).getSpec().getTemplate();
        assertThat(template.getMetadata().getAnnotations()).containsEntry("autoscaling.knative.dev/min-scale", "0")
                .containsEntry("autoscaling.knative.dev/max-scale", "5");
        assertThat(variables(template.getSpec().getContainers().get(0)).get("GATEWAY_STORE").getValue())
                .isEqualTo("postgresql");
        assertThat(Manifests.one(built, PrometheusRule.class).getSpec().getGroups().get(0).getRules())
                .extracting(Rule::getAlert).contains("CardVerificationNotReady").doesNotContain("CardVerificationAbsent");
    }
}
