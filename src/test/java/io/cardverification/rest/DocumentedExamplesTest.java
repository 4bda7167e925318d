package io.cardverification.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

import io.cardverification.documentation.Documents;
import io.cardverification.tencentcloud.ErrorCode;
import io.cardverification.testing.ManyRequests;
import io.cardverification.testing.SamplePerson;
import io.cardverification.verification.ResultCode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;

/** Sends the documented examples and the rows of the tables, and compares the responses. */
@QuarkusTest
@TestProfile(ManyRequests.class)
class DocumentedExamplesTest {

    private static final Pattern CURL = Pattern
            .compile("curl localhost:8080(\\S+) -H 'Content-Type: ([^']+)' +-d '([^']+)'");

    @ConfigProperty(name = "gateway.sandbox.port")
    int sandboxPort;

    private static JsonPath answer(String card, int status) {
        return given().contentType(ContentType.JSON)
                .body(SamplePerson.json(card))
                .post("/v1/verifications").then().statusCode(status).extract().jsonPath();
    }

    @Test
    void every_result_card_returns_the_result_of_its_row() throws IOException {
        assertThat(Documents.rows(Documents.TEST_CARDS, "6222000000\\d{6}")).hasSize(ResultCode.values().length)
                .allSatisfy(row -> {
                    var answer = answer(row.get(0), 200);
                    assertThat(List.of(answer.getString("result") + " " + answer.getString("description"), "200",
                            answer.getString("outcome"), answer.getString("charged"))).isEqualTo(row.subList(1, 5));
                });
    }

    @Test
    void every_error_card_returns_the_problem_of_its_row() throws IOException {
        assertThat(Documents.rows(Documents.TEST_CARDS, "6222900000\\d{6}")).hasSize(ErrorCode.values().length)
                .allSatisfy(row -> {
                    var problem = answer(row.get(0), Integer.parseInt(row.get(2)));
                    assertThat(problem.getString("upstreamCode")).isEqualTo(row.get(1));
                    assertThat(problem.getString("type")).isEqualTo("urn:problem:card-verification:" + row.get(3));
                    assertThat(problem.getString("charged")).isEqualTo(row.get(4));
                });
    }

    @Test
    void every_fault_card_causes_the_fault_of_its_row() throws IOException {
        assertThat(Documents.rows(Documents.TEST_CARDS, "6222800000\\d{6}")).hasSize(7).allSatisfy(row -> {
            var answer = answer(row.get(0), Integer.parseInt(row.get(2)));
            assertThat(answer.getString(row.get(2).equals("200") ? "outcome" : "type")).endsWith(row.get(3));
            assertThat(answer.getString("charged")).isEqualTo(row.get(4));
            var faults = given().port(sandboxPort).get("/_sandbox/requests").jsonPath().getList("requests.fault", String.class);
            assertThat(faults).endsWith(row.get(1));
        });
    }

    /** Only the request id and the wait of a documented response may differ. */
    @Test
    void every_example_returns_the_documented_response() throws IOException {
        var examples = new ArrayList<>(Documents.examples(Documents.README));
        examples.addAll(Documents.examples(Documents.HTTP_API));
        assertThat(examples).hasSize(2).allSatisfy(example -> {
            var command = CURL.matcher(example.command());
            assertThat(command.matches()).as(example.command()).isTrue();
            var body = given().contentType(command.group(2)).body(command.group(3)).post(command.group(1)).then()
                    .statusCode(200).extract().jsonPath();
            var documented = new JsonPath(example.answer());
            assertThat(body.getMap("").keySet()).isEqualTo(documented.getMap("").keySet());
            assertThat(documented.getMap("")).allSatisfy((member, value) -> {
                if (!List.of("requestId", "waitedMillis").contains(member)) {
                    assertThat(body.<Object> get(member.toString())).as(member.toString()).isEqualTo(value);
                }
            });
        });
    }

    private static List<String> problems() {
        return Arrays.stream(ProblemType.values()).map(type -> type.uri().toString().replaceFirst(".*:", "")).toList();
    }

    @Test
    void every_problem_is_in_the_table_of_problems() throws IOException {
        var documented = Documents.rows(Documents.ERRORS, "[a-z-]+(, [a-z-]+)*").stream()
                .flatMap(row -> Arrays.stream(row.get(0).split(", "))).toList();
        assertThat(documented).containsAll(problems());
    }

    @Test
    void runbook_has_an_entry_for_every_problem() throws IOException {
        var entries = Documents.rows(Documents.RUNBOOK, "[a-z-]+").stream().filter(row -> problems().contains(row.get(0)))
                .toList();
        assertThat(entries).allSatisfy(row -> {
            assertThat(row).as(row.get(0)).hasSize(3);
            assertThat(row.get(1)).as("what to look at: %s", row.get(0)).isNotEmpty();
            assertThat(row.get(2)).as("what to do: %s", row.get(0)).isNotEmpty();
        });
        assertThat(entries).extracting(row -> row.get(0)).containsAll(problems());
    }
}
