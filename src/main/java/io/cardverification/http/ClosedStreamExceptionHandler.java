package io.cardverification.http;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;

/**
 * Keeps an HTTP/2 connection open if a response is written to a closed stream. The client may close a stream at any time.
 * The response is discarded. Threads: the connection's event loop.
 *
 * <p>
 * Reason: Vert.x (4.5.27) writes a body without a promise if the application gives no handler, as Quarkus REST does. It
 * always writes 100 Continue so. Netty then reports the failure to the whole pipeline, and Vert.x closes the connection
 * with all its streams.
 *
 * <p>
 * It is the first handler of the pipeline. Netty reports an exception of another handler to the handlers behind that one,
 * so such an exception does not reach this handler.
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
