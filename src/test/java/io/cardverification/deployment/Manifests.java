package io.cardverification.deployment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import io.cardverification.documentation.Documents;
import io.fabric8.knative.serving.v1.RevisionTemplateSpec;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.kustomize.v1beta1.Kustomization;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;

/**
 * What is in {@code k8s}, by the models of its kinds: a field that a kind does not have is refused, as is one that comes twice.
 */
final class Manifests {

    static final Path ROOT = Path.of("k8s");
    static final Path BASE = ROOT.resolve("base");
    static final Path OVERLAY = ROOT.resolve("overlays").resolve("deployment");
    static final Path COMPONENT = ROOT.resolve("components").resolve("postgresql");
    static final Path REPLICAS = ROOT.resolve("overlays").resolve("replicas");
    static final Path KNATIVE_REPLICAS = ROOT.resolve("overlays").resolve("knative-replicas");
    static final Path MONITORING = ROOT.resolve("monitoring");

    private static final Map<String, Class<?>> KINDS = Map.ofEntries(
            Map.entry("apps/v1 Deployment", Deployment.class),
            Map.entry("kustomize.config.k8s.io/v1alpha1 Component", Kustomization.class),
            Map.entry("kustomize.config.k8s.io/v1beta1 Kustomization", Kustomization.class),
            Map.entry("monitoring.coreos.com/v1 PodMonitor", PodMonitor.class),
            Map.entry("monitoring.coreos.com/v1 PrometheusRule", PrometheusRule.class),
            Map.entry("monitoring.coreos.com/v1 ServiceMonitor", ServiceMonitor.class),
            Map.entry("networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class),
            Map.entry("policy/v1 PodDisruptionBudget", PodDisruptionBudget.class),
            Map.entry("serving.knative.dev/v1 Service", io.fabric8.knative.serving.v1.Service.class),
            Map.entry("v1 ConfigMap", ConfigMap.class),
            Map.entry("v1 PersistentVolumeClaim", PersistentVolumeClaim.class),
            Map.entry("v1 Secret", Secret.class),
            Map.entry("v1 Service", Service.class),
            Map.entry("v1 ServiceAccount", ServiceAccount.class));

    /** The models would keep a field that they do not know beside the others; here nothing does. */
    private static final YAMLMapper STRICT = YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .annotationIntrospector(new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            }).build();

    private Manifests() {
    }

    /** The manifests, one or several, of a file or of what kustomize has made. */
    static List<Object> in(String yaml) throws IOException {
        var manifests = new ArrayList<>();
        try (var documents = STRICT.readerFor(JsonNode.class).<JsonNode> readValues(yaml)) {
            for (var document : documents.readAll()) {
                var kind = document.path("apiVersion").asText() + " " + document.path("kind").asText();
                var model = KINDS.get(kind);
                if (model == null) {
                    throw new IOException("no model of " + kind);
                }
                manifests.add(STRICT.treeToValue(document, model));
            }
        }
        return manifests;
    }

    static <T> T one(Path file, Class<T> model) throws IOException {
        return one(in(Files.readString(file)), model);
    }

    /** The only one that is of this kind. */
    static <T> T one(List<Object> manifests, Class<T> model) {
        var found = manifests.stream().filter(model::isInstance).map(model::cast).toList();
        if (found.size() != 1) {
            throw new IllegalStateException(found.size() + " of " + model.getSimpleName());
        }
        return found.get(0);
    }

    /** Of the Knative Service. */
    static RevisionTemplateSpec revision() throws IOException {
        return one(BASE.resolve("knative-service.yaml"), io.fabric8.knative.serving.v1.Service.class).getSpec().getTemplate();
    }

    /** Of the Knative Service; the Deployment's is the same, by test. */
    static Container container() throws IOException {
        return revision().getSpec().getContainers().get(0);
    }

    /** The documented settings with their defaults; {@code ConfigurationTest} holds them to the code. */
    static Map<String, String> defaults() throws IOException {
        try (var lines = Files.lines(Documents.CONFIGURATION)) {
            return lines.filter(line -> line.matches("\\| `(gateway|quarkus)\\..*"))
                    .map(line -> line.replace("`", "").substring(1).split("\\|", 3))
                    .collect(Collectors.toMap(cells -> cells[0].strip(), cells -> cells[1].strip()));
        }
    }

    /** The settings of the config map of Knative. */
    static Map<String, String> settings() throws IOException {
        return settings(BASE);
    }

    /** The settings of the config map of one of the two forms. */
    static Map<String, String> settings(Path form) throws IOException {
        try (InputStream in = Files.newInputStream(form.resolve("application.properties"))) {
            var properties = new Properties();
            properties.load(in);
            return properties.stringPropertyNames().stream()
                    .collect(Collectors.toMap(name -> name, properties::getProperty));
        }
    }

    /** As the pod has it: from the config map, or else the default. */
    static String setting(String key) throws IOException {
        var value = settings().getOrDefault(key, defaults().get(key));
        if (value == null) {
            throw new IllegalStateException("no setting is called " + key);
        }
        return value;
    }
}
