package io.cardverification.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The file or stream that receives the lines. Calls may block. Threads: one at a time. */
interface LedgerOutput {

    /**
     * Opens the output if it is not open, or if its name leads to another file.
     *
     * @return whether its content ends within a line
     */
    boolean open() throws IOException;

    /**
     * Writes at least one of the bytes, and advances the buffer's position.
     *
     * @throws IOException if it wrote none
     */
    void write(ByteBuffer bytes) throws IOException;
}
