package io.cardverification.http;

import java.util.ArrayDeque;
import java.util.Queue;

import io.netty.buffer.ByteBufHolder;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Forwards the requests of an HTTP/1.1 connection one at a time, each after the response to the previous one. Threads: the
 * connection's event loop.
 *
 * <p>
 * It queues earlier arrivals and closes the connection above a limit.
 *
 * <p>
 * Reason: Vert.x (4.5.27) has its own queue. A connection may end while that queue contains an incomplete or malformed request.
 * Vert.x' handling of the end then fails, because that request has no response object yet. So the current request is not
 * cancelled, and the connection counts as open forever.
 *
 * <p>
 * Rejected: to stop reading at the limit. The gateway does not notice the end of a connection that it does not read.
 */
final class SequentialRequestHandler extends ChannelDuplexHandler {

    /** A body of 64 KiB, the maximum of both APIs, and twice as much for heads. */
    private static final int MAX_HELD_BYTES = 192 * 1024;
    /** The number of streams of HTTP/2 (quarkus.http.limits.max-concurrent-streams). */
    private static final int MAX_HELD_REQUESTS = 100;
    /** The approximate size of a message without its text. */
    private static final int MESSAGE_BYTES = 256;
    private static final int HEADER_BYTES = 64;

    private final Queue<Object> held = new ArrayDeque<>();
    private int heldBytes;
    private int heldRequests;
    /** True at first: the handler is added when the head of a request is complete. */
    private boolean isAnswering = true;
    private boolean isClosed;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (isClosed) {
            ReferenceCountUtil.release(message);
        } else if (held.isEmpty() && !(isAnswering && message instanceof HttpRequest)) {
            forward(context, message);
        } else {
            held.add(message);
            heldBytes += bytes(message);
            heldRequests += message instanceof HttpRequest ? 1 : 0;
            if (heldBytes > MAX_HELD_BYTES || heldRequests > MAX_HELD_REQUESTS) {
                isClosed = true;
                close(context);
            }
        }
    }

    private static void close(ChannelHandlerContext context) {
        var guard = context.pipeline().get(ConnectionGuard.class);
        if (guard != null) { // the guard counts the close
            guard.close(CloseReason.PIPELINING);
        } else {
            var unused = context.close();
        }
    }

    private void forward(ChannelHandlerContext context, Object message) {
        isAnswering |= message instanceof HttpRequest;
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        var unused = context.write(message, promise);
        if (message instanceof LastHttpContent && !isInformational(message)) {
            isAnswering = false;
            if (!held.isEmpty()) { // in a later task, since for Vert.x the response is complete only after this method returns
                context.executor().execute(() -> next(context));
            }
        }
    }

    private void next(ChannelHandlerContext context) {
        while (!isClosed && !held.isEmpty() && !(isAnswering && held.peek() instanceof HttpRequest)) {
            var message = held.remove();
            heldBytes -= bytes(message);
            heldRequests -= message instanceof HttpRequest ? 1 : 0;
            forward(context, message);
        }
        context.fireChannelReadComplete();
    }

    private static boolean isInformational(Object message) {
        return message instanceof HttpResponse response && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    private static int bytes(Object message) {
        var bytes = MESSAGE_BYTES;
        if (message instanceof HttpRequest request) {
            bytes += request.uri().length();
            for (var header : request.headers()) {
                bytes += HEADER_BYTES + header.getKey().length() + header.getValue().length();
            }
        }
        return message instanceof ByteBufHolder content ? bytes + content.content().readableBytes() : bytes;
    }

    /** The connection has ended. */
    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        isClosed = true;
        held.forEach(ReferenceCountUtil::release);
        held.clear();
    }
}
