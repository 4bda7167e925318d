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
 * Passes HTTP/1 requests on that would be answered before any filter, so that {@link RequestFraming} refuses them: those of
 * another version, which Vert.x answers with 501; those with a transfer coding that Netty does not decode, with 400; and a path
 * that begins with two slashes, which Quarkus answers with 400, and which is taken for one that begins with one.
 *
 * <p>
 * Ignores an offer to change to HTTP/2 ({@code Upgrade: h2c}), as RFC 9110 (7.8) allows; RFC 9113 (3.1) has no such change any
 * more. If Vert.x (4.5.27) accepts it, it removes all handlers of the pipeline but its own, and with them every bound on the
 * connection. HTTP/2 is spoken from the start of a connection (RFC 9113, 3.3), or as agreed on with TLS.
 *
 * <p>
 * Threads: the connection's event loop. Starts before TLS, moves behind the last handler, and from there behind the HTTP
 * decoder, which Vert.x adds when it has seen the first bytes. On an HTTP/2 connection there is none, and the handler leaves.
 *
 * <p>
 * Rejected: to answer here. An earlier request on the connection may still wait for its answer, and its caller would take this
 * one for it.
 */
public final class RequestLineHandler extends ChannelInboundHandlerAdapter {

    private final boolean isBeforeTls;

    public RequestLineHandler() {
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
        if (request.uri().startsWith("//")) { // An SDK whose endpoint ends with a slash; java.net.URI takes it for a host.
            request.setUri(request.uri().replaceFirst("/+", "/"));
        }
    }

    private static void ignoreUpgradeToHttp2(HttpRequest request) {
        if (request.headers().contains(HttpHeaderNames.UPGRADE, Http2CodecUtil.HTTP_UPGRADE_PROTOCOL_NAME, true)) {
            request.headers().remove(HttpHeaderNames.UPGRADE);
        }
    }

    /** A request that Netty could not decode is routed only because RequestFraming refuses it in any case. */
    private static void markRejected(HttpRequest request, int status) {
        request.headers().set(RequestFraming.REJECT_HEADER, status);
        request.setDecoderResult(DecoderResult.SUCCESS);
    }
}
