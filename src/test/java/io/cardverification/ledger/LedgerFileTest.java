package io.cardverification.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerFileTest {

    @TempDir
    Path folder;

    private Path path;
    private LedgerFile file;

    @BeforeEach
    void name() {
        path = folder.resolve("ledger.jsonl");
        file = new LedgerFile(path);
    }

    private void write(String text) throws IOException {
        file.open();
        file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void appends_to_existing_content() throws IOException {
        Files.writeString(path, "old\n");
        write("new\n");
        assertThat(path).hasContent("old\nnew\n");
    }

    @Test
    void creates_a_new_file_after_a_rename() throws IOException {
        write("1\n");
        Files.move(path, folder.resolve("ledger.1"));
        write("2\n");
        assertThat(folder.resolve("ledger.1")).hasContent("1\n");
        assertThat(path).hasContent("2\n");
    }

    @Test
    void uses_a_file_that_replaces_the_renamed_one() throws IOException {
        write("1\n");
        Files.move(path, folder.resolve("ledger.1"));
        Files.writeString(path, "");
        write("2\n");
        write("3\n");
        assertThat(folder.resolve("ledger.1")).hasContent("1\n");
        assertThat(path).hasContent("2\n3\n");
    }

    @Test
    void creates_a_removed_file_again() throws IOException {
        write("1\n");
        Files.delete(path);
        write("2\n");
        assertThat(path).hasContent("2\n");
    }

    @Test
    void continues_at_the_end_of_a_truncated_file() throws IOException {
        write("1\n2\n");
        Files.writeString(path, "");
        write("3\n");
        assertThat(path).hasContent("3\n");
    }

    @Test
    void reports_a_partial_line_of_an_earlier_process() throws IOException {
        Files.writeString(path, "{\"time\":");
        assertThat(file.open()).isTrue();
        write("\n{}\n");
        assertThat(file.open()).isFalse();
    }

    @Test
    void reports_its_own_partial_line_but_not_in_the_next_file() throws IOException {
        assertThat(file.open()).isFalse();
        write("{\"time\":");
        assertThat(file.open()).isTrue();
        Files.move(path, folder.resolve("ledger.1"));
        assertThat(file.open()).isFalse();
    }

    @Test
    void cannot_be_opened_without_its_directory() {
        assertThatThrownBy(() -> new LedgerFile(folder.resolve("none/ledger")).open()).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void cannot_be_opened_if_the_path_is_a_directory() throws IOException {
        write("1\n");
        Files.move(path, folder.resolve("ledger.1"));
        Files.createDirectory(path);
        assertThatThrownBy(() -> write("2\n")).isInstanceOf(IOException.class);
        Files.delete(path);
        write("2\n");
        assertThat(path).hasContent("2\n");
    }

    @Test
    void a_full_device_fails_each_write() throws IOException {
        var full = Path.of("/dev/full");
        assumeThat(full).exists();
        file = new LedgerFile(full);
        assertThat(file.open()).isFalse();
        assertThatThrownBy(() -> write("1\n")).isInstanceOf(IOException.class);
    }
}
