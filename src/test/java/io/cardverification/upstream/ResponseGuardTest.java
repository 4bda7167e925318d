package io.cardverification.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpContentDecompressor;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;

/** The guard of a connection, byte for byte. */
class ResponseGuardTest {

    private final AtomicInteger shutdowns = new AtomicInteger();
    private final ResponseGuard guard = new ResponseGuard((HttpConnection) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] { HttpConnection.class }, (proxy, method, arguments) -> {
                shutdowns.addAndGet(method.getName().equals("shutdown") ? 1 : 0);
                return null;
            }));
    private final EmbeddedChannel channel = new EmbeddedChannel(new HttpResponseDecoder(), new HttpContentDecompressor(0),
            guard);

    private int passed(byte[] bytes) {
        channel.writeInbound(Unpooled.wrappedBuffer(bytes));
        var passed = 0;
        for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
            passed += message instanceof HttpContent content ? content.content().readableBytes() : 0;
            ReferenceCountUtil.release(message);
        }
        return passed;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] gzip(int zeros) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(new byte[zeros]);
        }
        return bytes.toByteArray();
    }

    @Test
    void a_body_is_bounded_after_decompression() throws IOException {
        var bomb = gzip(100_000_000);
        channel.writeInbound(Unpooled.wrappedBuffer(
                ascii("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + bomb.length + "\r\n\r\n")));
        assertThatThrownBy(() -> passed(bomb)).isInstanceOf(UnreadableResponse.class);
        assertThat(passed(new byte[0])).isLessThanOrEqualTo(ResponseGuard.MAX_BODY_BYTES);
    }

    @Test
    void endless_chunks_are_bounded() {
        assertThat(passed(ascii("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"))).isZero();
        var chunk = ascii("8000\r\n" + "x".repeat(0x8000) + "\r\n");
        assertThat(passed(chunk) + passed(chunk)).isEqualTo(ResponseGuard.MAX_BODY_BYTES);
        assertThatThrownBy(() -> passed(chunk)).isInstanceOf(UnreadableResponse.class);
        for (var i = 0; i < 100; i++) {
            assertThat(passed(chunk)).isZero();
        }
        assertThat(passed(ascii("0\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx"))).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = { "HTTP/1.1 200 OK\r\nX: %s\r\n\r\n", "HTTP/1.1 200 %s\r\n\r\n", "garbage\r\n\r\n",
            "HTTP/1.1 101 Switching Protocols\r\n\r\n" })
    void a_long_or_invalid_head_is_dropped(String head) {
        assertThatThrownBy(() -> passed(ascii(String.format(Locale.ROOT, head, "x".repeat(9_000)))))
                .isInstanceOf(UnreadableResponse.class);
        assertThat(channel.<Object> readInbound()).isNull();
    }

    @Test
    void each_response_has_its_own_bound() {
        var answer = ascii("HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n" + "x".repeat(60_000));
        for (var i = 0; i < 10; i++) {
            assertThat(passed(answer)).isEqualTo(60_000);
        }
    }

    @Test
    void endless_interim_responses_use_no_memory() {
        for (var i = 0; i < 1_000; i++) {
            channel.writeInbound(Unpooled.wrappedBuffer(ascii("HTTP/1.1 102 Processing\r\nX: y\r\n\r\n")));
        }
        assertThat(channel.<Object> readInbound()).isNull();
        channel.writeInbound(Unpooled.wrappedBuffer(ascii("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")));
        assertThat(channel.<Object> readInbound()).isInstanceOf(HttpResponse.class);
    }

    @Test
    void repeated_ids_are_detected_within_the_last_64() {
        assertThat(guard.isRepeated("first")).isFalse();
        for (var i = 0; i < 63; i++) {
            assertThat(guard.isRepeated(i + "x".repeat(60_000))).isFalse();
        }
        assertThat(shutdowns).hasValue(0);
        assertThat(guard.isRepeated("first")).isTrue();
        assertThat(shutdowns).hasValue(1);
        assertThat(guard.isRepeated("one more")).isFalse();
        assertThat(guard.isRepeated("first")).isFalse();
        assertThatCode(() -> guard.isRepeated("")).doesNotThrowAnyException();
    }
}
