package io.cardverification.http;

import java.util.ArrayList;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Stream;

/**
 * Counts the responses of an HTTP/2 connection that its flow-control window holds back.
 *
 * <p>
 * Such data waits in Netty's flow controller, which exposes no size, and not in the channel's buffer. So a response counts
 * from the end of its write by the application until its stream is closed. Threads: the connection's event loop.
 */
final class UnreadResponses {

    /** Memory of a stream without its data: objects of Netty, Vert.x and Quarkus. */
    static final int STREAM_BYTES = 4 * 1024;

    private static final class PendingResponse {
        final long bytes;
        boolean isOld;

        PendingResponse(long bytes) {
            this.bytes = bytes;
        }
    }

    private final Http2ConnectionHandler handler;
    private final Http2Connection connection;
    private final Http2Connection.PropertyKey key;
    private long unread;

    /** @param maxStreams applies at once, before the client acknowledges it */
    UnreadResponses(Http2ConnectionHandler handler, int maxStreams) {
        this.handler = handler;
        this.connection = handler.connection();
        this.key = connection.newKey();
        connection.remote().maxActiveStreams(maxStreams);
        connection.addListener(new Http2ConnectionAdapter() {
            @Override
            public void onStreamClosed(Http2Stream stream) {
                PendingResponse response = stream.removeProperty(key);
                unread -= response == null ? 0 : response.bytes;
            }
        });
    }

    /** The application has written the complete response. */
    void onResponseEnd(int streamId, long bytes) {
        var stream = connection.stream(streamId);
        if (stream != null && stream.state() != Http2Stream.State.CLOSED) {
            var response = new PendingResponse(bytes + STREAM_BYTES);
            if (stream.setProperty(key, response) == null) {
                unread += response.bytes;
            }
        }
    }

    boolean isClosed(int streamId) {
        var stream = connection.stream(streamId);
        return stream == null || stream.state() == Http2Stream.State.CLOSED;
    }

    long bytes() {
        return unread;
    }

    /**
     * Resets the streams whose responses were already unread at the previous call.
     *
     * @return the number of reset streams
     */
    int resetOld(ChannelPipeline pipeline) throws Http2Exception {
        var old = new ArrayList<Http2Stream>();
        connection.forEachActiveStream(stream -> {
            PendingResponse response = stream.getProperty(key);
            if (response != null && response.isOld) {
                old.add(stream);
            } else if (response != null) {
                response.isOld = true;
            }
            return true;
        });
        var context = pipeline.context(handler);
        for (var stream : old) {
            var unused = handler.resetStream(context, stream.id(), Http2Error.CANCEL.code(), context.newPromise());
        }
        context.flush();
        return old.size();
    }
}
