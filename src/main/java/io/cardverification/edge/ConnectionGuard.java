package io.cardverification.edge;

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
 * Keeps one connection within its bounds. The nearest handler to the socket, so that bytes are counted whatever they are.
 *
 * <ul>
 * <li>What it holds, in an unfinished request or in unread answers, counts against the {@link BufferBudget} of the
 * process.</li>
 * <li>An answer that is not read in time closes it, or resets its HTTP/2 stream.</li>
 * <li>Without a valid key it may not be idle for long.</li>
 * </ul>
 *
 * <p>
 * Threads: its event loop, except where said otherwise.
 */
final class ConnectionGuard extends ChannelDuplexHandler {

    /** What Netty counts for each buffer that waits to be written, beside its bytes. */
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

    /** The head of a request has come. */
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

    /** A request on it has shown a valid key. */
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
     * Counts anew what it holds. With an ordinary request, which comes whole and whose answer is read at once, that is nothing.
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

    /** With what Netty adds for each buffer. */
    private long pendingBytes() {
        var buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    /** @param due what was written by now, and is to be read when the time is over */
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

    /** At once: Vert.x would first write what is not read. Threads: any. */
    void close(CloseReason reason) {
        if (!closing) {
            closing = true;
            guards.countClosed(reason);
            channel.eventLoop().execute(() -> channel.unsafe().close(channel.voidPromise()));
        }
    }

    /** The channel is closed, by whomever. */
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
