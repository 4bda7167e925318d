package io.cardverification.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The file or stream that lines are written to. Calls may block. Threads: one at a time. */
interface LedgerOutput {

    /**
     * Opens it if it is not open, or is no longer the file of its name.
     *
     * @return whether its content ends within a line
     */
    boolean open() throws IOException;

    /**
     * Writes some of the bytes, at least one, and advances their position by as many.
     *
     * @throws IOException if it wrote none
     */
    void write(ByteBuffer bytes) throws IOException;
}
