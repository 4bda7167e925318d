package io.cardverification.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

import io.cardverification.tencentcloud.ErrorCode;
import io.cardverification.verification.ResultCode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;

/** What the README promises in tables, asked of the running gateway row by row. */
@QuarkusTest
@TestProfile(ReadmeTest.Unhurried.class)
class ReadmeTest {

    /** Some seventy questions, none of them about the limit, and more failures than an upstream that is well would have. */
    public static final class Unhurried implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("gateway.sandbox.limit", "1000", "gateway.pacing.limit", "1000",
                    "quarkus.rest-client.tencentcloud.read-timeout", "1000", "gateway.upstream.retry-backoff", "1ms",
                    "quarkus.fault-tolerance.\"io.cardverification.upstream.SingleSend/send\".circuit-breaker.enabled",
                    "false");
        }
    }

    @ConfigProperty(name = "gateway.sandbox.port")
    int sandboxPort;

    /** The rows of all tables whose first cell matches, cells without their back-ticks. */
    private static List<List<String>> rows(String firstCell) throws IOException {
        try (var lines = Files.lines(Path.of("README.md"))) {
            return lines.filter(line -> line.startsWith("|"))
                    .map(line -> Arrays.stream(line.substring(1).split("\\|")).map(cell -> cell.replace("`", "").strip())
                            .toList())
                    .filter(cells -> cells.get(0).matches(firstCell))
                    .toList();
        }
    }

    private static JsonPath answer(String card, int status) {
        return given().contentType(ContentType.JSON)
                .body("{\"bankCard\":\"" + card + "\",\"name\":\"Wei Xiaobao\",\"idCard\":\"11204416541220243X\"}")
                .post("/v1/verifications").then().statusCode(status).extract().jsonPath();
    }

    @Test
    void every_result_card_answers_as_its_row_says() throws IOException {
        assertThat(rows("6222000000\\d{6}")).hasSize(ResultCode.values().length).allSatisfy(row -> {
            var answer = answer(row.get(0), 200);
            assertThat(List.of(answer.getString("result") + " " + answer.getString("description"), "200",
                    answer.getString("outcome"), answer.getString("charged"))).isEqualTo(row.subList(1, 5));
        });
    }

    @Test
    void every_refusal_card_becomes_the_problem_of_its_row() throws IOException {
        assertThat(rows("6222900000\\d{6}")).hasSize(ErrorCode.values().length).allSatisfy(row -> {
            var problem = answer(row.get(0), Integer.parseInt(row.get(2)));
            assertThat(problem.getString("upstreamCode")).isEqualTo(row.get(1));
            assertThat(problem.getString("type")).isEqualTo("urn:problem:card-verification:" + row.get(3));
            assertThat(problem.getString("charged")).isEqualTo(row.get(4));
        });
    }

    @Test
    void every_fault_card_meets_the_fault_of_its_row() throws IOException {
        assertThat(rows("6222800000\\d{6}")).hasSize(7).allSatisfy(row -> {
            var answer = answer(row.get(0), Integer.parseInt(row.get(2)));
            assertThat(answer.getString(row.get(2).equals("200") ? "outcome" : "type")).endsWith(row.get(3));
            assertThat(answer.getString("charged")).isEqualTo(row.get(4));
            var faults = given().port(sandboxPort).get("/_sandbox/arrivals").jsonPath().getList("arrivals.fault", String.class);
            assertThat(faults).endsWith(row.get(1));
        });
    }

    @Test
    void every_problem_is_in_the_table_of_problems() throws IOException {
        var told = rows("[a-z-]+(, [a-z-]+)*").stream().flatMap(row -> Arrays.stream(row.get(0).split(", "))).toList();
        assertThat(told).containsAll(Arrays.stream(ProblemType.values())
                .map(type -> type.uri().toString().replaceFirst(".*:", "")).toList());
    }
}
