package io.cardverification.edge;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;

/**
 * Keeps an HTTP/2 connection open if an answer comes for a stream that is closed, as the client may close it at any time. That
 * answer is dropped. Threads: the connection's event loop.
 *
 * <p>
 * Why: Vert.x (4.5.27) writes a body without a promise if its caller gives no handler, as Quarkus REST does, and 100 Continue
 * always. So Netty reports why such a write fails to the whole pipeline, and Vert.x closes the connection with all its streams.
 *
 * <p>
 * It is the first handler of the pipeline. Netty reports an exception of another handler to the handlers behind that one, so
 * it does not reach this one.
 */
@Sharable
final class ClosedStreamExceptionHandler extends ChannelInboundHandlerAdapter {

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var isOfOneWrite = cause instanceof IllegalStateException || cause instanceof IllegalArgumentException;
        if (!isOfOneWrite || context.pipeline().get(Http2ConnectionHandler.class) == null) {
            context.fireExceptionCaught(cause);
        }
    }
}
