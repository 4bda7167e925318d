package io.cardverification.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;

/**
 * Stops reading from a connection while its socket accepts no bytes. So a client that does not read its responses gets no
 * more of them. Vert.x stops reading for bodies only. Threads: the connection's event loop.
 *
 * <p>
 * Rejected: withholding only the calls of {@code read}. Netty continues to read while auto-read is set.
 */
final class ReadBackpressureHandler extends ChannelDuplexHandler {

    /** Whether this class stopped reading, as opposed to Vert.x. */
    private boolean isStopped;

    /** Vert.x also calls this when it resumes reading. */
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
