package io.cardverification.ledger;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Semaphore;

/** A disk with limited space, or a pipe that the test reads when it wants to. */
final class StubOutput implements LedgerOutput {

    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private final Semaphore readers = new Semaphore(0);
    private volatile boolean stuck;
    private volatile int room = Integer.MAX_VALUE;

    @Override
    public synchronized boolean open() {
        return taken.size() > 0 && taken.toByteArray()[taken.size() - 1] != '\n';
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        if (stuck) {
            readers.acquireUninterruptibly();
        }
        synchronized (this) {
            if (room == 0) {
                throw new IOException("No space left on device");
            }
            while (bytes.hasRemaining() && room > 0) {
                taken.write(bytes.get());
                room--;
            }
        }
    }

    void room(int bytes) {
        room = bytes;
    }

    void stick() {
        stuck = true;
    }

    void read() {
        stuck = false;
        readers.release();
    }

    synchronized List<String> lines() {
        return taken.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
