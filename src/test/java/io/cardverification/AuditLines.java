package io.cardverification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.eclipse.microprofile.config.ConfigProvider;

import io.vertx.core.json.JsonObject;

/** The lines that the gateway writes to its ledger from now on. */
final class AuditLines {

    private final Path file = Path.of(ConfigProvider.getConfig().getValue("gateway.ledger.file", String.class));
    private long position;

    AuditLines() throws IOException {
        this.position = Files.size(file);
    }

    /** So many, which may still have to be written, and no more. */
    List<JsonObject> next(int count) throws IOException {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        var lines = whole();
        while (lines.size() < count) {
            assertThat(System.nanoTime()).as("line %d of %d", lines.size() + 1, count).isLessThan(end);
            Thread.onSpinWait();
            lines = whole();
        }
        assertThat(lines).as("more lines than %d", count).hasSize(count);
        position += lines.stream().mapToLong(line -> line.getBytes(StandardCharsets.UTF_8).length + 1L).sum();
        return lines.stream().map(JsonObject::new).toList();
    }

    private List<String> whole() throws IOException {
        try (var opened = new RandomAccessFile(file.toFile(), "r")) {
            opened.seek(position);
            var bytes = new byte[(int) (opened.length() - position)];
            opened.readFully(bytes);
            var text = new String(bytes, StandardCharsets.UTF_8);
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        }
    }
}
