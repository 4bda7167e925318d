package io.cardverification;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import io.cardverification.testing.ManagementClient;
import io.cardverification.testing.SamplePerson;
import io.cardverification.verification.Ledger;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;

/** The dashboard and the alerts, held to what the gateway really exposes when much has gone wrong. */
@QuarkusTest
class MonitoringTest {

    private static final List<Path> ALERTS = List.of(Path.of("k8s", "monitoring", "alerts.yaml"),
            Path.of("k8s", "overlays", "replicas", "alerts.yaml"));
    private static final Path DASHBOARD = Path.of("k8s", "monitoring", "grafana-dashboard.json");

    private static final Pattern SAMPLE = Pattern.compile("([a-z_]+)(?:\\{(.*)})? \\S+");
    private static final Pattern SELECTOR = Pattern
            .compile("\\b((?:gateway|ft|http|jvm|process)_[a-z_]+)(?:\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~|!=|=)\"([^\"]*)\"");
    private static final Pattern BY = Pattern.compile("by \\(([^)]*)\\)");
    /** The operator of Prometheus adds it to every sample. */
    private static final String TARGET_LABEL = "pod";

    /** One line of an exposition. */
    private record Sample(String name, Map<String, String> labels) {
    }

    /** What a query looks for. */
    private record Query(String where, String text) {

        List<Sample> found(List<Sample> exposed) {
            var found = new ArrayList<Sample>();
            var selectors = SELECTOR.matcher(text);
            while (selectors.find()) {
                var name = selectors.group(1);
                var matchers = selectors.group(2) == null ? "" : selectors.group(2);
                var matching = exposed.stream().filter(sample -> sample.name().equals(name) && matches(sample, matchers))
                        .toList();
                assertThat(matching).as("%s: %s{%s}", where, name, matchers).isNotEmpty();
                found.addAll(matching);
            }
            return found;
        }

        private static boolean matches(Sample sample, String matchers) {
            var each = MATCHER.matcher(matchers);
            while (each.find()) {
                var value = sample.labels().getOrDefault(each.group(1), "");
                if (value.isEmpty() || switch (each.group(2)) {
                    case "=" -> !value.equals(each.group(3));
                    case "!=" -> value.equals(each.group(3));
                    default -> !value.matches(each.group(3));
                }) {
                    return false;
                }
            }
            return true;
        }
    }

    private static void ask(String card) {
        given().contentType(ContentType.JSON)
                .body(SamplePerson.json(card))
                .post("/v1/verifications");
    }

    @Inject
    Ledger ledger;

    private static boolean wentWrong;

    /** Once, so that the breaker stays closed. */
    @BeforeEach
    void much_goes_wrong() {
        if (wentWrong) {
            return;
        }
        wentWrong = true;
        ask("6222900000000006");
        ask("6222800000000001");
        ask("Wei");
        given().contentType(ContentType.TEXT).body("Wei").post("/v1/verifications");
        given().get("/v1/verifications/6226090210146748");
        given().post("/v1/6226090210146748?name=Wei");
        given().put("/6226090210146748");
        given().request("WEI6226090210146748", "/v1/verifications");
        given().header("X-TC-Action", "BankCardVerification").header("Authorization", "TC3-HMAC-SHA256 Wei")
                .post("/6226090210146748");
        given().header("X-TC-Action", "Wei").header("Authorization", "TC3-HMAC-SHA256 Wei").get("/?Name=Wei");
        given().get("/?Action=BankCardVerification&SecretId=6226090210146748&Signature=Wei");
        given().contentType(ContentType.JSON).header("X-TC-Action", "BankCardVerification").header("X-TC-Version", "2018-03-01")
                .header("X-TC-Timestamp", Instant.now().getEpochSecond()).header("Authorization", "TC3-HMAC-SHA256 Credential="
                        + "AKIDWei/" + LocalDate.now(ZoneOffset.UTC) + "/faceid/tc3_request, SignedHeaders=content-type;host, "
                        + "Signature=" + "0".repeat(64))
                .body("{}").post("/");
        ask("6226090210146748");
        ledger.record(new Ledger.Entry("shop", "0".repeat(32), null, VerificationFailure.of(Reason.INTERRUPTED), false));
    }

    private static String exposition() {
        return ManagementClient.given().accept("text/plain").get("/q/metrics").asString();
    }

    private static List<Sample> exposed() {
        return exposition().lines().map(SAMPLE::matcher).filter(line -> line.matches()).map(line -> {
            var labels = new HashMap<String, String>();
            var pairs = MATCHER.matcher(line.group(2) == null ? "" : line.group(2));
            while (pairs.find()) {
                labels.put(pairs.group(1), pairs.group(3));
            }
            return new Sample(line.group(1), labels);
        }).toList();
    }

    private static List<JsonNode> children(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private static List<JsonNode> rules() throws IOException {
        var rules = new ArrayList<JsonNode>();
        for (var file : ALERTS) {
            rules.addAll(children(new YAMLMapper().readTree(file.toFile()).at("/spec/groups/0/rules")));
        }
        return rules;
    }

    private static List<Query> queries() throws IOException {
        var queries = new ArrayList<Query>();
        for (var rule : rules()) {
            queries.add(new Query(rule.get("alert").asText(), rule.get("expr").asText()));
        }
        for (var panel : children(new ObjectMapper().readTree(DASHBOARD.toFile()).get("panels"))) {
            for (var target : children(panel.get("targets"))) {
                queries.add(new Query(panel.get("title").asText(), target.get("expr").asText()));
            }
        }
        return queries;
    }

    @Test
    void no_metric_has_anything_of_a_person_or_of_an_address_in_it() {
        assertThat(exposition()).doesNotContainIgnoringCase("6226090210146748", "62229000", "Wei", "11204416541220243X");
    }

    @Test
    void every_metric_has_a_description() {
        assertThat(exposition().lines().filter(line -> line.startsWith("# HELP gateway_"))).isNotEmpty()
                .allSatisfy(line -> assertThat(line).matches("# HELP \\S+ \\S.*"));
    }

    @Test
    void every_query_names_existing_metrics_and_tags() throws IOException {
        var exposed = exposed();
        assertThat(queries()).hasSizeGreaterThan(20).allSatisfy(query -> {
            var labels = query.found(exposed).stream().flatMap(sample -> sample.labels().keySet().stream())
                    .collect(Collectors.toCollection(TreeSet::new));
            labels.add(TARGET_LABEL);
            var by = BY.matcher(query.text());
            while (by.find()) {
                assertThat(labels).as(query.where()).contains(by.group(1).replace(" ", "").split(","));
            }
        });
    }

    @Test
    void every_metric_of_ours_is_on_the_dashboard_or_in_an_alert() throws IOException {
        var queried = queries().stream().map(Query::text).collect(Collectors.joining("\n"));
        assertThat(exposed()).extracting(Sample::name).filteredOn(name -> name.startsWith("gateway_"))
                .extracting(name -> name.replaceFirst("_(bucket|count|sum)$|(?<=_seconds)_max$", ""))
                .allSatisfy(name -> assertThat(queried)
                        .containsPattern(name + "(_bucket|_count)?\\b"));
    }

    @Test
    void every_alert_has_an_action() throws IOException {
        assertThat(rules()).isNotEmpty().allSatisfy(rule -> {
            assertThat(rule.at("/annotations/description").asText()).hasSizeGreaterThan(60);
            assertThat(rule.at("/labels/severity").asText()).isIn("page", "ticket");
        });
    }

    @Test
    void prometheus_takes_the_alerts(@TempDir Path folder) throws Exception {
        assumeThat(Stream.of(System.getenv("PATH").split(File.pathSeparator, -1)).map(Path::of)
                .map(place -> place.resolve("promtool"))).anyMatch(Files::isExecutable);
        var file = folder.resolve("rules.json"); // which is YAML
        for (var alerts : ALERTS) {
            Files.writeString(file, new YAMLMapper().readTree(alerts.toFile()).get("spec").toString());
            var promtool = new ProcessBuilder("promtool", "check", "rules", file.toString()).inheritIO().start();
            assertThat(promtool.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(promtool.exitValue()).isZero();
        }
    }
}
