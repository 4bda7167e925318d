package io.cardverification.edge;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;

/**
 * Closes an HTTP/1.1 connection on which too many requests wait behind an unanswered one: Vert.x queues them without a bound.
 * Stands behind the decoder. Why not read more slowly instead: a connection that is not read does not tell that its caller has
 * hung up. Threads: the connection's event loop.
 */
final class PipeliningLimit extends ChannelInboundHandlerAdapter {

    private final int most;
    private final Runnable close;
    private int waiting;
    private boolean isExceeded;

    PipeliningLimit(int most, Runnable close) {
        this.most = most;
        this.close = close;
    }

    /** A request has left the queue. */
    void begun() {
        waiting = Math.max(0, waiting - 1);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (!isExceeded && message instanceof HttpRequest && ++waiting > most) {
            isExceeded = true;
            close.run();
        }
        if (isExceeded) {
            ReferenceCountUtil.release(message);
        } else {
            super.channelRead(context, message);
        }
    }
}
