package io.cardverification.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;

class SequentialRequestHandlerTest {

    private final EmbeddedChannel connection = new EmbeddedChannel(new SequentialRequestHandler());

    @AfterEach
    void close() {
        connection.finishAndReleaseAll();
    }

    private static HttpRequest head(String path) {
        return new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, path);
    }

    private void answer(HttpResponseStatus status) {
        connection.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status));
        connection.runPendingTasks();
    }

    @Test
    void a_request_waits_for_the_previous_response() {
        var second = head("/2");
        var third = head("/3");
        connection.writeInbound(LastHttpContent.EMPTY_LAST_CONTENT); // the end of the first request, whose head was read before
        connection.writeInbound(second, LastHttpContent.EMPTY_LAST_CONTENT, third);
        assertThat(connection.inboundMessages()).containsExactly(LastHttpContent.EMPTY_LAST_CONTENT);

        answer(HttpResponseStatus.CONTINUE);
        assertThat(connection.inboundMessages()).hasSize(1);
        answer(HttpResponseStatus.OK);
        assertThat(connection.inboundMessages()).hasSize(3).contains(second).doesNotContain(third);
        answer(HttpResponseStatus.OK);
        assertThat(connection.inboundMessages()).hasSize(4).contains(third);
    }

    @Test
    void closes_with_too_many_requests_behind_an_unanswered_one() {
        for (var i = 0; i < 100; i++) {
            connection.writeInbound(head("/"), LastHttpContent.EMPTY_LAST_CONTENT);
        }
        assertThat(connection.isOpen()).isTrue();
        connection.writeInbound(head("/"));
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void closes_with_too_many_bytes_behind_an_unanswered_request() {
        connection.writeInbound(head("/2"));
        var content = Unpooled.copiedBuffer(new byte[8 * 1024]);
        for (var i = 0; i < 100 && connection.isOpen(); i++) {
            connection.writeInbound(new DefaultHttpContent(content.retainedDuplicate()));
        }
        assertThat(connection.isOpen()).isFalse();
        assertThat(connection.inboundMessages()).isEmpty();
        assertThat(content.refCnt()).isEqualTo(1);
        content.release();
    }
}
