package io.cardverification.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;

import io.vertx.core.json.JsonObject;

/** The lines that the gateway writes to its ledger from now on. */
public final class LedgerLines {

    private final Path file = Path.of(ConfigProvider.getConfig().getValue("gateway.ledger.file", String.class));
    private long position;

    public LedgerLines() throws IOException {
        this.position = Files.size(file);
    }

    /** So many, which may still have to be written, and no more. */
    public List<JsonObject> next(int count) throws IOException {
        var lines = Awaitility.await().atMost(Duration.ofMinutes(1)).pollInSameThread().pollInterval(Duration.ofMillis(5))
                .until(this::whole, written -> written.size() >= count);
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
