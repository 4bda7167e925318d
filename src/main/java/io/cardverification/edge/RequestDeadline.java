package io.cardverification.edge;

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.http.HttpServerRequest;

/**
 * Closes a connection whose request has not come whole in time, however it is cut. Counts from the first byte, so that an idle
 * connection may wait for its next request, and stops at the last, so that a request may wait for its answer. Threads: the
 * connection's event loop.
 */
final class RequestDeadline extends ChannelInboundHandlerAdapter {

    private final long millis;
    private @Nullable Future<?> deadline;
    private @Nullable HttpServerRequest latest;
    private int unanswered;

    RequestDeadline(long millis) {
        this.millis = millis;
    }

    /** The first in line, before TLS: bytes are all that can be told from here. */
    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) throws Exception {
        if (deadline == null && unanswered == 0) {
            deadline = context.executor().schedule(() -> judge(context), millis, TimeUnit.MILLISECONDS);
        }
        super.channelRead(context, bytes);
    }

    /** The head of a request has come. */
    void begun(HttpServerRequest request) {
        unanswered++;
        latest = request;
        if (request.isEnded()) {
            lift();
        }
    }

    void answered() {
        unanswered--;
        latest = null;
        lift();
    }

    private void judge(ChannelHandlerContext context) {
        deadline = null;
        if (latest == null || !latest.isEnded()) {
            var unused = context.close();
        }
    }

    private void lift() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        lift();
        super.channelInactive(context);
    }
}
