package io.cardverification.http;

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/**
 * Closes a connection that takes too long to send a complete message, independent of the sizes of its packets.
 *
 * <p>
 * Over HTTP/1.1 a message is a request. Its time starts at its first byte, TLS handshake included. Over HTTP/2 a message is
 * one frame. A frame that does not end blocks all later ones, but the gateway first responds to earlier requests. The time
 * between requests and the time until a response do not count. Threads: the connection's event loop.
 */
final class RequestTimeoutHandler extends ChannelInboundHandlerAdapter {

    private static final String TLS = "ssl";

    private final long millis;
    private final FrameBoundaries frames = new FrameBoundaries();
    private @Nullable ChannelHandlerContext context;
    private boolean hasPlaintextHandler;
    private boolean isHttp2;
    /** Whether part of a message has arrived. */
    private boolean isIncomplete;
    private @Nullable Future<?> timeout;
    private @Nullable HttpServerRequest latest;
    private int unanswered;

    RequestTimeoutHandler(long millis) {
        this.millis = millis;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    /** This handler is before TLS, so it sees only bytes. */
    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) throws Exception {
        if (!hasPlaintextHandler) {
            hasPlaintextHandler = true;
            var pipeline = context.pipeline();
            pipeline.addAfter(pipeline.get(TLS) == null ? context.name() : TLS, null, new PlaintextHandler());
        }
        isIncomplete = isIncomplete || (isHttp2 ? frames.areHttp2() : unanswered == 0);
        super.channelRead(context, bytes);
        updateTimeout();
    }

    private final class PlaintextHandler extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) throws Exception {
            frames.read((ByteBuf) bytes);
            if (frames.areHttp2()) {
                isHttp2 = true;
                isIncomplete = !frames.isAtEnd();
            }
            super.channelRead(context, bytes);
        }

        /**
         * If the client ends its side of TLS, the gateway closes the connection. Netty does the same at the end of the
         * client's side of TCP.
         */
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
            super.userEventTriggered(context, event);
            if (event instanceof SslCloseCompletionEvent) {
                var unused = context.close();
            }
        }
    }

    /** The head of a request is complete. */
    void onHead(HttpServerRequest request) {
        unanswered++;
        if (request.version() == HttpVersion.HTTP_2) {
            isHttp2 = true;
            isIncomplete = frames.areHttp2() && !frames.isAtEnd();
        } else {
            latest = request;
            isIncomplete = !request.isEnded();
        }
        updateTimeout();
    }

    void onResponseEnd() {
        unanswered--;
        latest = null;
        if (!isHttp2) {
            isIncomplete = false;
        }
        updateTimeout();
    }

    private void updateTimeout() {
        if (!isIncomplete && timeout != null) {
            timeout.cancel(false);
            timeout = null;
        } else if (isIncomplete && timeout == null && context != null) {
            timeout = context.executor().schedule(this::onTimeout, millis, TimeUnit.MILLISECONDS);
        }
    }

    private void onTimeout() {
        timeout = null;
        if (latest != null && latest.isEnded()) {
            isIncomplete = false;
        } else if (isHttp2 && unanswered > 0) {
            updateTimeout();
        } else if (context != null) {
            var unused = context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        isIncomplete = false;
        updateTimeout();
        super.channelInactive(context);
    }
}
