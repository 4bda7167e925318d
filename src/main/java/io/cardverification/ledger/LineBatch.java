package io.cardverification.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Lines that are written together. Each line stays until its last byte is written. A partially written line is written
 * again, complete, on a new line. Threads: one at a time.
 */
final class LineBatch {

    private static final int FULL_BYTES = 65_536;

    private final Deque<byte[]> lines = new ArrayDeque<>();
    private int size;
    private boolean prefixed;

    boolean isEmpty() {
        return lines.isEmpty();
    }

    boolean isFull() {
        return size >= FULL_BYTES;
    }

    void add(String line) {
        var bytes = (line + '\n').getBytes(StandardCharsets.UTF_8);
        lines.add(bytes);
        size += bytes.length;
    }

    /** @param midLine whether the output ends within a line, so that a line feed comes first */
    ByteBuffer bytes(boolean midLine) {
        prefixed = midLine;
        var bytes = ByteBuffer.allocate(size + 1);
        if (midLine) {
            bytes.put((byte) '\n');
        }
        lines.forEach(bytes::put);
        return bytes.flip();
    }

    /**
     * Removes the lines that the first {@code count} bytes of {@link #bytes} contain.
     *
     * <p>
     * A line that lacks only its line feed counts as contained. A second write would duplicate it in the ledger.
     *
     * @return the number of removed lines
     */
    int written(int count) {
        var left = prefixed ? count - 1 : count;
        var written = 0;
        for (var line = lines.peek(); line != null && left >= line.length - 1; line = lines.peek()) {
            left -= line.length;
            size -= line.length;
            lines.remove();
            written++;
        }
        return written;
    }
}
