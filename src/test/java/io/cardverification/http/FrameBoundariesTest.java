package io.cardverification.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.cardverification.testing.RawHttp2;
import io.netty.buffer.Unpooled;

class FrameBoundariesTest {

    private static final int CONTINUATION = 0x9;
    private static final int LARGE = 70_000;

    private final FrameBoundaries frames = new FrameBoundaries();
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    private int frame(int type, int flags, int length) {
        sent.writeBytes(new byte[] { (byte) (length >> 16), (byte) (length >> 8), (byte) length, (byte) type, (byte) flags, 0,
                0, 0, 1 });
        sent.writeBytes(new byte[length]);
        return sent.size();
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 7, 100, 1_000_000 })
    void finds_frame_ends_in_bytes_of_any_packet_size(int cut) {
        sent.writeBytes(RawHttp2.PREFACE.getBytes(StandardCharsets.US_ASCII));
        var ends = new ArrayList<>(List.of(sent.size(), frame(RawHttp2.SETTINGS, 0, 0), frame(RawHttp2.SETTINGS, 0, 6)));
        frame(RawHttp2.HEADERS, 0, 20); // its header block continues
        frame(CONTINUATION, 0, 0);
        ends.add(frame(CONTINUATION, RawHttp2.END_HEADERS, 3));
        ends.add(frame(RawHttp2.DATA, 0, LARGE));
        ends.add(frame(RawHttp2.PING, 0, 8));
        ends.add(frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS | RawHttp2.END_STREAM, 1));
        var bytes = sent.toByteArray();

        for (var from = 0; from < bytes.length; from += cut) {
            var to = Math.min(bytes.length, from + cut);
            var part = Unpooled.wrappedBuffer(bytes, from, to - from);
            frames.read(part);
            assertThat(frames.isAtEnd()).as("after %d bytes", to).isEqualTo(ends.contains(to));
            assertThat(part.readableBytes()).isEqualTo(to - from);
        }
    }

    @Test
    void finds_no_frames_in_another_protocol() {
        frames.read(Unpooled.copiedBuffer("PRI * HTTP/1.1\r\n" + RawHttp2.PREFACE, StandardCharsets.US_ASCII));
        assertThat(frames.areHttp2()).isFalse();
        assertThat(frames.isAtEnd()).isFalse();
    }
}
