package io.cardverification.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Collection;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.cardverification.testing.RawHttp2;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;

/** A stream that has ended leaves no timer. A timer would keep its request in memory for the request timeout. */
@QuarkusTest
class StreamTimersTest {

    private static final int STREAMS = 50;
    private static final int CANCEL = 8;

    @Inject
    Vertx vertx;

    /** By reflection, because Netty does not expose the number. */
    private int scheduledTasks() throws ReflectiveOperationException {
        var queue = Class.forName("io.netty.util.concurrent.AbstractScheduledEventExecutor")
                .getDeclaredField("scheduledTaskQueue");
        queue.setAccessible(true);
        var scheduled = 0;
        for (var loop : ((VertxInternal) vertx).getEventLoopGroup()) {
            scheduled += queue.get(loop) instanceof Collection<?> tasks ? tasks.size() : 0;
        }
        return scheduled;
    }

    @ParameterizedTest
    @ValueSource(strings = { "/", "/nowhere", "/v1/verifications" })
    void a_request_rejected_at_its_head_leaves_no_timer(String path) throws Exception {
        try (var connection = new RawHttp2(RestAssured.port)) {
            var before = scheduledTasks();
            for (var stream = 1; stream < 2 * STREAMS; stream += 2) {
                connection.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS | RawHttp2.END_STREAM, stream, RawHttp2.block(path))
                        .send();
                connection.answer(stream);
            }
            connection.ping();
            assertThat(scheduledTasks() - before).isLessThan(STREAMS / 2);
        }
    }

    @Test
    void an_upload_reset_after_its_response_leaves_no_timer() throws Exception {
        try (var connection = new RawHttp2(RestAssured.port)) {
            var before = scheduledTasks();
            for (var stream = 1; stream < 2 * STREAMS; stream += 2) {
                assertResponse(connection, stream);
                connection.reset(stream, CANCEL).send();
            }
            connection.ping();
            assertThat(scheduledTasks() - before).isLessThan(STREAMS / 2);
        }
    }

    @Test
    void an_unfinished_upload_keeps_its_timer_after_the_response() throws Exception {
        try (var connection = new RawHttp2(RestAssured.port)) {
            var before = scheduledTasks();
            for (var stream = 1; stream < 2 * STREAMS; stream += 2) {
                assertResponse(connection, stream);
            }
            assertThat(scheduledTasks() - before).isGreaterThan(STREAMS / 2);
        }
    }

    private static void assertResponse(RawHttp2 connection, int stream) throws IOException {
        connection.post(stream, "/nowhere", "content-length", "900000").send();
        connection.answer(stream);
    }
}
