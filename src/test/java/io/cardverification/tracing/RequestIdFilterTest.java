package io.cardverification.tracing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;

import io.cardverification.testing.SamplePerson;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;

/** The gateway's ID of a request, and that no trace exists without a configured endpoint. */
@QuarkusTest
class RequestIdFilterTest {

    private static final String GATE = "io.cardverification.upstream.PacedCall";
    private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    private static Response ask(String card) {
        return given().contentType(ContentType.JSON).header(RequestIdFilter.HEADER, "6226090210146748")
                .body(SamplePerson.json(card))
                .post("/v1/verifications");
    }

    @Test
    void both_apis_return_a_generated_id_instead_of_the_callers() {
        var ids = List.of(ask("6222000000000000"), ask("1"), given().get("/6226090210146748"),
                given().header("X-TC-Action", "BankCardVerification").header("Authorization", "TC3-HMAC-SHA256 x").post("/"),
                given().get("/v1/verifications"))
                .stream().map(answer -> answer.header(RequestIdFilter.HEADER)).toList();
        assertThat(ids).allSatisfy(id -> assertThat(id).matches(UUID)).doesNotHaveDuplicates();
    }

    @Test
    void the_log_lines_of_a_request_have_it() {
        var lines = new CopyOnWriteArrayList<ExtLogRecord>();
        var handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                var extended = ExtLogRecord.wrap(line);
                extended.copyMdc();
                lines.add(extended);
            }

            @Override
            public void flush() {
                // Holds no resources.
            }

            @Override
            public void close() {
                // Holds no open resources.
            }
        };
        Logger.getLogger(GATE).addHandler(handler);
        try {
            var first = ask("6222900000000021").header(RequestIdFilter.HEADER);
            var second = ask("6222900000000045").header(RequestIdFilter.HEADER);
            assertThat(lines).extracting(line -> line.getMdc(RequestIdFilter.KEY)).containsExactly(first, second);
        } finally {
            Logger.getLogger(GATE).removeHandler(handler);
        }
    }

    @Test
    void no_tracing_code_runs_without_an_endpoint() {
        ask("6222000000000000").then().statusCode(200);
        assertThat(ConfigProvider.getConfig().getValue(OtelConfigSourceFactory.OFF, boolean.class)).isTrue();
        assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
                .noneMatch(name -> name.contains("SpanProcessor") || name.contains("otel"));
    }
}
