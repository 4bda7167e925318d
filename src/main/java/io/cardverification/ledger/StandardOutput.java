package io.cardverification.ledger;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Writes to the standard output of the process. It does not use {@code System.out}, which hides failures and has a lock
 * that would delay a stop.
 *
 * <p>
 * Blocks until the reader of the pipe reads. Threads: one at a time. Log lines use the same stream. Both writers hold the
 * monitor of the file descriptor, so that no line is within another.
 */
final class StandardOutput implements LedgerOutput {

    private final FileChannel channel = new FileOutputStream(FileDescriptor.out).getChannel();
    private boolean midLine;

    @Override
    public boolean open() {
        return midLine;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        midLine = true; // if this write fails, a log line may be incomplete, too
        synchronized (FileDescriptor.out) {
            if (channel.write(bytes) == 0) {
                throw new IOException("standard output accepted no bytes");
            }
        }
        midLine = bytes.get(bytes.position() - 1) != '\n';
    }
}
