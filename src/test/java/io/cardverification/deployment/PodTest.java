package io.cardverification.deployment;

import static io.cardverification.deployment.Manifests.BASE;
import static io.cardverification.deployment.Manifests.OVERLAY;
import static io.cardverification.deployment.Manifests.container;
import static io.cardverification.deployment.Manifests.revision;
import static io.cardverification.deployment.Manifests.setting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.quarkus.runtime.configuration.DurationConverter;

/** The pod, in both forms, held to the gateway's own settings. */
class PodTest {

    /** Knative's proxy waits for so long that nobody asks before the gateway is told to stop. */
    private static final Duration DRAIN = Duration.ofSeconds(30);

    /** The volume of the store. */
    private static final String DATA = "data";

    private static Deployment deployment() throws IOException {
        return Manifests.one(OVERLAY.resolve("deployment.yaml"), Deployment.class);
    }

    private static Container ofDeployment() throws IOException {
        var containers = deployment().getSpec().getTemplate().getSpec().getContainers();
        assertThat(containers).hasSize(1);
        return containers.get(0);
    }

    private static Duration time(String key) throws IOException {
        return DurationConverter.parseDuration(setting(key));
    }

    @Test
    void both_forms_run_the_same_container() throws IOException {
        assertThat(new ContainerBuilder(ofDeployment()).withPorts().withStartupProbe(null).withLivenessProbe(null)
                .removeMatchingFromVolumeMounts(mount -> DATA.equals(mount.getName())).build())
                .isEqualTo(new ContainerBuilder(container()).withPorts().build());
        var pod = deployment().getSpec().getTemplate().getSpec();
        assertThat(pod.getVolumes()).filteredOn(volume -> !DATA.equals(volume.getName()))
                .isEqualTo(revision().getSpec().getVolumes());
        assertThat(pod.getServiceAccountName()).isEqualTo(revision().getSpec().getServiceAccountName())
                .isEqualTo(Manifests.one(BASE.resolve("service-account.yaml"), ServiceAccount.class).getMetadata().getName());
    }

    @Test
    void ports_are_the_gateway_s() throws IOException {
        var port = Integer.valueOf(setting("quarkus.http.port"));
        var management = Integer.valueOf(setting("quarkus.management.port"));
        assertThat(setting("quarkus.management.host")).isEqualTo("0.0.0.0");
        assertThat(container().getPorts()).extracting(each -> each.getContainerPort()).containsExactly(port);
        assertThat(ofDeployment().getPorts()).extracting(each -> each.getName(), each -> each.getContainerPort())
                .containsExactly(tuple("http", port),
                        tuple("management", management));
        assertThat(Files.readString(BASE.resolve("pod-monitor.yaml"))).contains("replacement: $1:" + management + "\n");
        var policy = Manifests.one(OVERLAY.resolve("network-policy.yaml"), NetworkPolicy.class).getSpec();
        assertThat(policy.getPolicyTypes()).containsExactly("Ingress", "Egress");
        assertThat(policy.getIngress()).extracting(each -> each.getPorts().get(0).getPort().getIntVal())
                .containsExactly(port, management);
        assertThat(policy.getIngress()).allSatisfy(each -> assertThat(each.getFrom()).hasSize(1));
        assertThat(policy.getEgress().stream().flatMap(each -> each.getPorts().stream()))
                .extracting(each -> each.getPort().getIntVal()).containsOnly(53, 443);
    }

    @Test
    void probes_use_the_management_port() throws IOException {
        var container = ofDeployment();
        var probes = Map.of("started", container.getStartupProbe(), "live", container.getLivenessProbe(), "ready",
                container.getReadinessProbe());
        for (var probe : probes.entrySet()) {
            assertThat(probe.getValue().getHttpGet().getPath()).isEqualTo("/q/health/" + probe.getKey());
            assertThat(probe.getValue().getHttpGet().getPort().getIntVal()).hasToString(setting("quarkus.management.port"));
        }
        assertThat(container().getLivenessProbe()).isNull();
        assertThat(container().getStartupProbe()).isNull();
    }

    @Test
    void timeouts_exceed_the_longest_response() throws IOException {
        var longest = time("gateway.pacing.max-wait").plus(time("gateway.upstream.answer-timeout"));
        var stop = time("quarkus.shutdown.delay").plus(time("quarkus.shutdown.timeout"));
        assertThat(Duration.ofSeconds(revision().getSpec().getTimeoutSeconds())).isGreaterThan(longest)
                .isGreaterThan(DRAIN.plus(stop));
        assertThat(Duration.ofSeconds(deployment().getSpec().getTemplate().getSpec().getTerminationGracePeriodSeconds()))
                .isGreaterThan(stop);
    }

    @Test
    void no_two_processes_have_the_whole_limit() throws IOException {
        var annotations = revision().getMetadata().getAnnotations();
        assertThat(annotations).containsEntry("autoscaling.knative.dev/min-scale", "1")
                .containsEntry("autoscaling.knative.dev/max-scale", "1");
        assertThat(revision().getSpec().getContainerConcurrency()).isZero();
        assertThat(deployment().getSpec().getReplicas()).isOne();
        assertThat(deployment().getSpec().getStrategy().getType()).isEqualTo("Recreate");
        assertThat(setting("gateway.pacing.start-saturated")).isEqualTo("true");
        assertThat(Manifests.one(OVERLAY.resolve("pod-disruption-budget.yaml"), PodDisruptionBudget.class).getSpec()
                .getMaxUnavailable().getIntVal()).isOne();
    }

    @Test
    void pod_has_minimal_permissions() throws IOException {
        var context = container().getSecurityContext();
        assertThat(context.getRunAsNonRoot()).isTrue();
        assertThat(context.getReadOnlyRootFilesystem()).isTrue();
        assertThat(context.getAllowPrivilegeEscalation()).isFalse();
        assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(context.getCapabilities().getAdd()).isEmpty();
        assertThat(context.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(Manifests.one(BASE.resolve("service-account.yaml"), ServiceAccount.class)
                .getAutomountServiceAccountToken()).isFalse();
        assertThat(container().getResources().getLimits()).containsOnlyKeys("cpu", "memory");
        assertThat(writable(container())).containsExactly("/tmp");
    }

    private static List<String> writable(Container container) {
        return container.getVolumeMounts().stream().filter(mount -> !Boolean.TRUE.equals(mount.getReadOnly()))
                .map(mount -> mount.getMountPath()).toList();
    }

    @Test
    void store_of_the_deployment_is_on_a_volume_of_its_user() throws IOException {
        var file = Path.of("/deployments").resolve(setting("gateway.store.file"));
        assertThat(Manifests.settings(OVERLAY)).doesNotContainKeys("gateway.store", "gateway.store.file");
        assertThat(Manifests.defaults()).containsEntry("gateway.store", "file");
        assertThat(writable(ofDeployment())).containsExactly("/tmp", file.getParent().toString());
        var pod = deployment().getSpec().getTemplate().getSpec();
        var claim = Manifests.one(OVERLAY.resolve("persistent-volume-claim.yaml"), PersistentVolumeClaim.class);
        assertThat(pod.getVolumes()).filteredOn(volume -> DATA.equals(volume.getName())).singleElement()
                .satisfies(volume -> assertThat(volume.getPersistentVolumeClaim().getClaimName())
                        .isEqualTo(claim.getMetadata().getName()));
        assertThat(claim.getSpec().getAccessModes()).containsExactly("ReadWriteOnce");
        assertThat(pod.getSecurityContext().getFsGroup()).isPositive();
        assertThat(pod.getSecurityContext().getFsGroupChangePolicy()).isEqualTo("OnRootMismatch");
    }

    @Test
    void knative_keeps_nothing_since_its_pods_have_no_disk() throws IOException {
        assertThat(setting("gateway.store")).isEqualTo("memory");
    }
}
