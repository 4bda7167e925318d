package io.cardverification.upstream;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Bounds and checks the responses of one HTTP/1.1 connection to the upstream.
 *
 * <p>
 * Interim responses (RFC 9110, 15.2) are dropped. Vert.x 4.5 takes a 102 as the final response, and the final one as a second.
 *
 * <p>
 * A body beyond {@link #MAX_BODY_BYTES}, counted after any decompression, a head beyond the codec's 8 KiB, bytes that are
 * not HTTP, and a switch of protocols fail the request with {@link UnreadableResponse} and end the connection.
 *
 * <p>
 * A {@code RequestId} identifies one request. A response that repeats one belongs to an earlier request.
 *
 * <p>
 * Reason: Quarkus' client collects the whole body before any code of the gateway sees it. Rejected: a chunk handler on Vert.x's
 * response, which sees neither interim responses nor the connection.
 *
 * <p>
 * Threads: the connection's event loop; {@link #isRepeated} any.
 */
final class ResponseGuard extends ChannelInboundHandlerAdapter {

    /** Real responses have less than 1 KiB. */
    static final int MAX_BODY_BYTES = 65_536;

    private static final int MAX_IDS = 64;
    private static final int MAX_ID_CHARS = 64;

    private final HttpConnection connection;
    private final Set<String> requestIds = new LinkedHashSet<>();
    private boolean interim;
    private boolean ended;
    private long bodyBytes;

    ResponseGuard(HttpConnection connection) {
        this.connection = connection;
    }

    /** The guard of this connection; the first request adds it. */
    static ResponseGuard of(HttpConnection connection) {
        var vertx = ((ConnectionBase) connection).channelHandlerContext();
        var guard = vertx.pipeline().get(ResponseGuard.class);
        if (guard == null) {
            guard = new ResponseGuard(connection);
            vertx.pipeline().addBefore(vertx.name(), null, guard);
        }
        return guard;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpObject part && part.decoderResult().isFailure()) {
            end(context, "it is not HTTP, or its head is too long");
        }
        if (message instanceof HttpResponse response) {
            interim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
            bodyBytes = 0;
            if (response.status().code() == HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
                end(context, "it switches protocols");
            }
        } else if (message instanceof HttpContent content) {
            bodyBytes += content.content().readableBytes();
            if (bodyBytes > MAX_BODY_BYTES) {
                end(context, "its body is longer than " + MAX_BODY_BYTES + " bytes");
            }
        }
        if (interim || ended) {
            ReferenceCountUtil.release(message);
        } else {
            context.fireChannelRead(message);
        }
    }

    /** Vert.x then fails the request and closes the connection. */
    private void end(ChannelHandlerContext context, String reason) {
        if (!ended) {
            ended = true;
            context.fireExceptionCaught(new UnreadableResponse(reason));
        }
    }

    /** Whether an earlier response had this id. Then the connection is closed as soon as it has no request in progress. */
    synchronized boolean isRepeated(String requestId) {
        var isNew = requestIds.add(requestId.substring(0, Math.min(requestId.length(), MAX_ID_CHARS)));
        if (requestIds.size() > MAX_IDS) {
            requestIds.remove(requestIds.iterator().next());
        }
        if (!isNew) {
            connection.shutdown(1, TimeUnit.MINUTES);
        }
        return !isNew;
    }
}
