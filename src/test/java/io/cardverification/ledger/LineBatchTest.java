package io.cardverification.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.vertx.core.json.JsonObject;

class LineBatchTest {

    private static final List<String> LINES = List.of("{\"a\":1}", "{\"name\":\"梁平\"}", "{}");

    private static boolean isWhole(String line) {
        try {
            new JsonObject(line);
            return true;
        } catch (RuntimeException broken) {
            return false;
        }
    }

    /** @param taken the number of bytes that each write accepts before it fails; the last write accepts all */
    private static String written(int... taken) {
        var batch = new LineBatch();
        LINES.forEach(batch::add);
        var file = new ByteArrayOutputStream();
        var lines = 0;
        for (var count : taken) {
            var bytes = batch.bytes(file.size() > 0 && file.toByteArray()[file.size() - 1] != '\n');
            var took = new byte[Math.min(count, bytes.remaining())];
            bytes.get(took);
            file.writeBytes(took);
            lines += batch.written(took.length);
        }
        assertThat(batch.isEmpty()).isTrue();
        assertThat(lines).isEqualTo(LINES.size());
        return file.toString(StandardCharsets.UTF_8);
    }

    @Test
    void writes_all_lines_at_once() {
        assertThat(written(1_000)).isEqualTo(String.join("\n", LINES) + "\n");
    }

    @Test
    void interrupted_writes_leave_every_line_exactly_once() {
        var size = written(1_000).getBytes(StandardCharsets.UTF_8).length;
        for (var first = 0; first <= size; first++) {
            for (var second = 0; second <= size; second++) {
                var lines = written(first, second, 1_000, 1_000).lines().toList();
                assertThat(lines).filteredOn(LineBatchTest::isWhole).as("%d, %d", first, second).isEqualTo(LINES);
                assertThat(lines).hasSizeLessThanOrEqualTo(LINES.size() + 2).doesNotContain("");
            }
        }
    }

    @Test
    void it_is_full_at_64_kib() {
        var batch = new LineBatch();
        IntStream.range(0, 1023).forEach(line -> batch.add("x".repeat(63)));
        assertThat(batch.isFull()).isFalse();
        batch.add("x".repeat(63));
        assertThat(batch.isFull()).isTrue();
        batch.written(batch.bytes(false).remaining());
        assertThat(batch.isFull()).isFalse();
    }
}
