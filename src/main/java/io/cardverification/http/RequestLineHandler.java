package io.cardverification.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2CodecUtil;

/**
 * Makes malformed HTTP/1 requests routable, so that {@link RequestFraming} rejects them. Vert.x or Quarkus would respond
 * before any filter.
 *
 * <ul>
 * <li>Vert.x responds with 501 to a request with another HTTP version.</li>
 * <li>Vert.x responds with 400 to a transfer coding that Netty does not decode.</li>
 * <li>Quarkus responds with 400 to a path that begins with two slashes. This handler replaces them by one.</li>
 * </ul>
 *
 * <p>
 * Ignores an offer to change to HTTP/2 ({@code Upgrade: h2c}), as RFC 9110 (7.8) allows. RFC 9113 (3.1) removed that
 * change. If Vert.x (4.5.27) accepts the offer, it removes all handlers of other code from the pipeline, and with them
 * every limit of the connection. HTTP/2 works by prior knowledge (RFC 9113, 3.3) or by negotiation in TLS.
 *
 * <p>
 * Threads: the connection's event loop. The handler starts before TLS and moves behind the last handler. From there it
 * moves behind the HTTP decoder, which Vert.x adds after the first bytes. An HTTP/2 connection has no such decoder, so the
 * handler removes itself.
 *
 * <p>
 * Rejected: a response by this handler. An earlier request of the connection may have no response yet, and its caller would
 * read this response instead.
 */
final class RequestLineHandler extends ChannelInboundHandlerAdapter {

    private final boolean isBeforeTls;

    RequestLineHandler() {
        this(true);
    }

    private RequestLineHandler(boolean isBeforeTls) {
        this.isBeforeTls = isBeforeTls;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (message instanceof HttpRequest request) {
            makeRoutable(request);
            ignoreUpgradeToHttp2(request);
        } else if (message instanceof ByteBuf) { // not decoded yet
            moveBehindDecoder(context);
        }
        super.channelRead(context, message);
    }

    private void moveBehindDecoder(ChannelHandlerContext context) {
        var pipeline = context.pipeline();
        pipeline.remove(this);
        var decoder = pipeline.context(HttpRequestDecoder.class);
        if (decoder != null) {
            pipeline.addAfter(decoder.name(), null, new RequestLineHandler(false));
        } else if (isBeforeTls) {
            pipeline.addLast(new RequestLineHandler(false));
        }
    }

    private static void makeRoutable(HttpRequest request) {
        var version = request.protocolVersion();
        if (!version.equals(HttpVersion.HTTP_1_0) && !version.equals(HttpVersion.HTTP_1_1)) {
            request.setProtocolVersion(HttpVersion.HTTP_1_1);
            markRejected(request, RequestFraming.UNSUPPORTED_VERSION);
        } else if (request.decoderResult().isFailure() && request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)) {
            var codings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
            markRejected(request, version.equals(HttpVersion.HTTP_1_1) && RequestFraming.hasUnknown(codings)
                    ? RequestFraming.NOT_IMPLEMENTED
                    : RequestFraming.BAD_REQUEST);
        }
        if (request.uri().startsWith("//")) { // From an SDK with a trailing slash in its endpoint; java.net.URI parses it as a host.
            request.setUri(request.uri().replaceFirst("/+", "/"));
        }
    }

    private static void ignoreUpgradeToHttp2(HttpRequest request) {
        if (request.headers().contains(HttpHeaderNames.UPGRADE, Http2CodecUtil.HTTP_UPGRADE_PROTOCOL_NAME, true)) {
            request.headers().remove(HttpHeaderNames.UPGRADE);
        }
    }

    /** Netty could not decode such a request. It is routable only because RequestFraming always rejects it. */
    private static void markRejected(HttpRequest request, int status) {
        request.headers().set(RequestFraming.REJECT_HEADER, status);
        request.setDecoderResult(DecoderResult.SUCCESS);
    }
}
