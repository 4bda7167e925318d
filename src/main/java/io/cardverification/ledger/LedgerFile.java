package io.cardverification.ledger;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

import org.jspecify.annotations.Nullable;

/**
 * Appends to a file, and reopens it if its name leads to another file or to none. So rotation by rename needs no signal.
 *
 * <p>
 * Blocks until the disk has accepted the bytes. Threads: one at a time.
 */
final class LedgerFile implements LedgerOutput {

    /** More attempts than rotation needs: a rotation replaces the file once. */
    private static final int MAX_ATTEMPTS = 10;

    private final Path path;
    private @Nullable FileChannel channel;
    private @Nullable Object key;
    private boolean midLine;

    LedgerFile(Path path) {
        this.path = path;
    }

    @Override
    public boolean open() throws IOException {
        if (channel == null || key == null || !key.equals(fileKey())) {
            reopen();
        }
        return midLine;
    }

    /** Reads the key before and after the open. If both are equal, it is the key of the opened file. */
    private void reopen() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
        for (var attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            var before = fileKey();
            var opened = FileChannel.open(path, CREATE, WRITE, APPEND);
            var after = fileKey();
            if (after != null && after.equals(before)) {
                channel = opened;
                key = after;
                midLine = endsWithinLine();
                return;
            }
            opened.close();
        }
        throw new IOException("the file was replaced during each of " + MAX_ATTEMPTS + " attempts to open it");
    }

    /** Returns the identity of the file that currently has this name, such as its inode; null if no file has it. */
    private @Nullable Object fileKey() throws IOException {
        try {
            var key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
            return key == null ? path : key; // a file system without inodes does not rename open files
        } catch (NoSuchFileException none) {
            return null;
        }
    }

    /**
     * A killed process or a full disk may leave a partial line. If the file is not readable, an empty line is acceptable.
     */
    private boolean endsWithinLine() throws IOException {
        if (!Files.isRegularFile(path) || Files.size(path) == 0) {
            return false;
        }
        try (var reader = FileChannel.open(path, READ)) {
            var last = ByteBuffer.allocate(1);
            return reader.read(last, reader.size() - 1) == 1 && last.get(0) != '\n';
        } catch (AccessDeniedException unreadable) {
            return true;
        }
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        if (channel == null || channel.write(bytes) == 0) {
            throw new IOException("the file accepted no bytes");
        }
        midLine = bytes.get(bytes.position() - 1) != '\n';
    }
}
