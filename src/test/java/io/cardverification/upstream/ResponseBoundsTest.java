package io.cardverification.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.Vertx;

/** Responses that are too long, too slow or not the response of the request. */
@QuarkusTest
@TestProfile(UpstreamFixture.Stubbed.class)
@QuarkusTestResource(value = StubUpstream.class, restrictToAnnotatedClass = true)
class ResponseBoundsTest extends UpstreamFixture {

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void a_response_above_64_kib_is_invalid(boolean chunked) {
        StubUpstream.BEHAVIOUR.set(request -> request.response().setChunked(chunked)
                .putHeader("Content-Type", "application/json").end(GOOD + " ".repeat(65_536 - GOOD.length())));
        verify(QUESTION).statusCode(200);
        StubUpstream.BEHAVIOUR.set(request -> request.response().setChunked(chunked)
                .putHeader("Content-Type", "application/json").end(GOOD + " ".repeat(65_537 - GOOD.length())));
        problem(502, "upstream-invalid-response").body("charged", is("unknown"));
    }

    @Test
    void a_trickling_response_ends_after_the_answer_timeout() throws Exception {
        var closed = new CountDownLatch(1);
        StubUpstream.BEHAVIOUR.set(request -> {
            var response = request.response().setChunked(true).putHeader("Content-Type", "application/json");
            var vertx = Objects.requireNonNull(Vertx.currentContext()).owner();
            var trickle = vertx.setPeriodic(100, timer -> response.write(" "));
            request.connection().closeHandler(gone -> {
                vertx.cancelTimer(trickle);
                closed.countDown();
            });
        });
        problem(504, "upstream-timeout").body("charged", is("unknown"));
        assertThat(closed.await(20, TimeUnit.SECONDS)).as("the connection is closed").isTrue();
    }

    @Test
    void headers_above_8_kib_are_invalid() {
        StubUpstream.BEHAVIOUR.set(request -> request.response().putHeader("Content-Type", "application/json")
                .putHeader("X-Long", "x".repeat(9_000)).end(GOOD));
        problem(502, "upstream-invalid-response").body("charged", is("unknown"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "HTTP/1.1 102 Processing\r\n\r\n", "HTTP/1.1 103 Early Hints\r\nLink: </>\r\n\r\n",
            "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 199 x\r\nContent-Length: 5\r\n\r\n" })
    void the_final_response_after_an_interim_one_is_used(String interim) {
        StubUpstream.BEHAVIOUR.set(request -> {
            StubUpstream.write(request, interim);
            request.response().putHeader("Content-Type", "application/json").end(GOOD);
        });
        verify(QUESTION).statusCode(200).body("result", is("0"));
    }

    @Test
    void a_protocol_switch_is_an_invalid_response() {
        StubUpstream.BEHAVIOUR.set(request -> StubUpstream.write(request,
                "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n"));
        problem(502, "upstream-invalid-response").body("charged", is("unknown"));
    }

    @Test
    void a_repeated_request_id_of_a_connection_is_invalid() {
        var connections = ConcurrentHashMap.newKeySet();
        StubUpstream.BEHAVIOUR.set(request -> {
            connections.add(request.connection());
            request.response().headers().remove("Connection");
            request.response().putHeader("Content-Type", "application/json").end(GOOD);
        });
        verify(QUESTION).statusCode(200);
        problem(502, "upstream-invalid-response").body("charged", is("unknown"));
        assertThat(connections).as("one connection").hasSize(1);
        verify(QUESTION).statusCode(200);
        assertThat(connections).as("it was closed").hasSize(2);
    }
}
