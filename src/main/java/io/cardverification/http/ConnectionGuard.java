package io.cardverification.http;

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.vertx.core.http.HttpServerRequest;

/**
 * Enforces the limits of one connection. It is the handler next to the socket, so that it counts all bytes.
 *
 * <ul>
 * <li>The bytes that the connection holds in unfinished requests and unread responses count against the process's
 * {@link BufferBudget}.</li>
 * <li>If the client does not read a response in time, the guard closes the connection or resets the HTTP/2 stream.</li>
 * <li>An unauthenticated connection may be idle for a short time only.</li>
 * </ul>
 *
 * <p>
 * Threads: the connection's event loop, unless a method says otherwise.
 */
final class ConnectionGuard extends ChannelDuplexHandler {

    /** The bytes that Netty counts for each pending buffer in addition to its content. */
    private static final long ENTRY_BYTES = 96;

    private final Channel channel;
    private final ConnectionGuards guards;
    private volatile boolean authenticated;
    private volatile boolean closing;

    private boolean isReading;
    private boolean wasActive = true;
    private final UnfinishedRequests requests = new UnfinishedRequests();
    private int unanswered;

    private @Nullable UnreadResponses unreadResponses;
    private long written;
    private long held;

    private @Nullable Future<?> idleCheck;
    private @Nullable Future<?> unreadCheck;

    ConnectionGuard(Channel channel, ConnectionGuards guards, boolean authenticated) {
        this.channel = channel;
        this.guards = guards;
        this.authenticated = authenticated;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
        scheduleIdleCheck();
        super.channelActive(context);
    }

    private void scheduleIdleCheck() {
        if (!authenticated && !closing) {
            idleCheck = channel.eventLoop().schedule(() -> {
                if (!authenticated && !wasActive && unanswered == 0 && requests.bytes() == 0) {
                    close(CloseReason.UNAUTHENTICATED_IDLE);
                }
                wasActive = false;
                scheduleIdleCheck();
            }, guards.idleMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        isReading = true;
        wasActive = true;
        requests.received(message instanceof ByteBuf bytes ? bytes.readableBytes() : 0);
        super.channelRead(context, message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        super.channelReadComplete(context);
        isReading = false;
        updateHeldBytes();
    }

    /** The head of a request is complete. */
    void onHead(HttpServerRequest request) {
        requests.onHead(request, unreadResponses != null);
        unanswered++;
        if (unreadResponses == null) {
            trackStreams();
        }
    }

    private void trackStreams() {
        var http2 = channel.pipeline().get(Http2ConnectionHandler.class);
        if (http2 != null) {
            unreadResponses = new UnreadResponses(http2, guards.maxRequests());
        }
    }

    void onResponseEnd(HttpServerRequest request) {
        unanswered--;
        wasActive = true;
        if (unreadResponses != null) {
            unreadResponses.onResponseEnd(request.streamId(), request.response().bytesWritten());
        }
        if (!isReading) {
            updateHeldBytes();
        }
    }

    /** A request on the connection has a valid key. */
    void authenticate() {
        if (!authenticated) {
            authenticated = true;
            cancel(idleCheck);
            guards.onAuthenticated(this);
        }
    }

    /** Threads: any. */
    boolean isAuthenticated() {
        return authenticated;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        written += message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
        super.write(context, message, promise);
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        context.flush();
        if (!isReading) {
            updateHeldBytes();
        }
    }

    /**
     * Counts the held bytes again. For an ordinary request, which is complete and has a response that the client reads at
     * once, the count is zero.
     */
    private void updateHeldBytes() {
        requests.dropFinished(request -> unreadResponses != null && unreadResponses.isClosed(request.streamId()));
        var unread = pendingBytes() + (unreadResponses == null ? 0 : unreadResponses.bytes());
        if (unread > guards.maxUnreadBytes()) {
            close(CloseReason.UNREAD_RESPONSE);
        }
        if (closing) {
            return;
        }
        if (unread > 0 && unreadCheck == null) {
            scheduleUnreadCheck(written);
        }
        setHeldBytes(unread + requests.bytes());
    }

    private void setHeldBytes(long bytes) {
        if (bytes != held) {
            held = bytes;
            guards.setHeldBytes(this, bytes);
        }
    }

    /** Includes the bytes that Netty adds for each buffer. */
    private long pendingBytes() {
        var buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    /** @param due the number of bytes written until now; the client must have read them when the time ends */
    private void scheduleUnreadCheck(long due) {
        unreadCheck = channel.eventLoop().schedule(() -> {
            unreadCheck = null;
            var buffer = channel.unsafe().outboundBuffer();
            if (buffer != null && buffer.size() > 0 && written - pendingBytes() + buffer.size() * ENTRY_BYTES < due) {
                close(CloseReason.UNREAD_RESPONSE);
            } else if (unreadResponses != null) {
                resetUnread(unreadResponses);
            }
            updateHeldBytes();
        }, guards.responseMillis(), TimeUnit.MILLISECONDS);
    }

    private void resetUnread(UnreadResponses answers) {
        try {
            for (var left = answers.resetOld(channel.pipeline()); left > 0; left--) {
                guards.countClosed(CloseReason.UNREAD_RESPONSE);
            }
        } catch (Http2Exception broken) {
            close(CloseReason.UNREAD_RESPONSE);
        }
    }

    /** Closes the channel at once. A close by Vert.x would first write the unread bytes. Threads: any. */
    void close(CloseReason reason) {
        if (!closing) {
            closing = true;
            guards.countClosed(reason);
            channel.eventLoop().execute(() -> channel.unsafe().close(channel.voidPromise()));
        }
    }

    /** The channel is closed, by either side. */
    void onClosed() {
        closing = true;
        cancel(idleCheck);
        cancel(unreadCheck);
        setHeldBytes(0);
    }

    private static void cancel(@Nullable Future<?> check) {
        if (check != null) {
            check.cancel(false);
        }
    }
}
