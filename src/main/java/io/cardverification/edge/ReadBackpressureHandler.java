package io.cardverification.edge;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;

/**
 * Stops reading a connection while its socket takes no more, so that a client that does not read its answers gets no more of
 * them.
 * Vert.x stops reading for bodies alone. Threads: the connection's event loop.
 *
 * <p>
 * Why not withhold the calls of {@code read} alone: Netty reads on by itself while a channel is set to.
 */
final class ReadBackpressureHandler extends ChannelDuplexHandler {

    /** Stopped by this class, and not by Vert.x. */
    private boolean isStopped;

    /** Vert.x calls this, too, when it resumes. */
    @Override
    public void read(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            context.read();
        } else {
            stop(context);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
        if (!context.channel().isWritable()) {
            stop(context);
        } else if (isStopped) {
            isStopped = false;
            context.channel().config().setAutoRead(true);
        }
        super.channelWritabilityChanged(context);
    }

    private void stop(ChannelHandlerContext context) {
        if (context.channel().config().isAutoRead()) {
            isStopped = true;
            context.channel().config().setAutoRead(false);
        }
    }
}
