package io.cardverification.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import jakarta.ws.rs.container.ContainerRequestContext;

import org.jboss.logmanager.formatters.PatternFormatter;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.cardverification.testing.SamplePerson;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;

/** An unexpected exception gives one problem document and one log record, without personal values. */
@QuarkusTest
class UnexpectedExceptionTest {

    private static final String PERSON = "Wei Xiaobao";
    private static final String GOOD = SamplePerson.json();

    /** Throws the exception that a header of the request names. */
    static final class ThrowingFilter {
        @ServerRequestFilter
        void fail(ContainerRequestContext context) throws Exception {
            if (context.getHeaders().containsKey("Test-Throws")) {
                throw context.getHeaderString("Test-Throws").equals("unchecked")
                        ? new IllegalStateException(PERSON, new IllegalArgumentException(PERSON))
                        : new Exception(PERSON);
            }
        }
    }

    private static Response ask(String thrown) {
        return given().contentType(ContentType.JSON).body(GOOD).header("Test-Throws", thrown).post("/v1/verifications");
    }

    private static List<LogRecord> recorded(Runnable action) {
        var records = new CopyOnWriteArrayList<LogRecord>();
        var handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                records.add(line);
            }

            @Override
            public void flush() {
                // nothing is buffered
            }

            @Override
            public void close() {
                // no resource is open
            }
        };
        Logger.getLogger("").addHandler(handler);
        try {
            action.run();
        } finally {
            Logger.getLogger("").removeHandler(handler);
        }
        return records;
    }

    private static String text(LogRecord line) {
        var text = new StringWriter();
        text.append(new PatternFormatter("%c %s").format(line));
        if (line.getThrown() != null) {
            line.getThrown().printStackTrace(new PrintWriter(text));
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = { "unchecked", "checked" })
    void any_exception_is_a_500_that_leaves_the_charge_unknown(String thrown) {
        var answer = ask(thrown);
        answer.then().statusCode(500).contentType("application/problem+json");
        assertThat(answer.asString()).isEqualTo("{\"type\":\"urn:problem:card-verification:internal-error\",\"status\":500,"
                + "\"title\":\"The gateway had an internal error\",\"detail\":\"The request may have been sent and charged. Check that"
                + " before you send it again, and report the Gateway-Request-Id to the operator of the gateway.\",\"charged\":\"unknown\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = { "unchecked", "checked" })
    void it_is_logged_once_with_its_stack_and_no_message(String thrown) {
        var records = recorded(() -> ask(thrown));
        assertThat(records).extracting(UnexpectedExceptionTest::text).noneMatch(text -> text.contains("Wei"))
                .filteredOn(text -> text.contains("Exception")).singleElement().asString()
                .contains("ThrowingFilter.fail",
                        "java.lang." + (thrown.equals("checked") ? "Exception" : "IllegalStateException"));
    }
}
