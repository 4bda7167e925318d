package io.cardverification.sandbox;

import org.jboss.logging.Logger;

/**
 * Logs each counted request as a line of JSON, so that the record of charges survives the sandbox in the log's file.
 *
 * <p>
 * The event loop writes a line before it sends the response. So each response that a client receives is in the ledger, even if
 * the process is killed in between.
 */
final class SandboxLedger {

    /** Not below this package, so that silencing the sandbox's log does not silence the ledger. */
    private static final Logger LINES = Logger.getLogger("sandbox.ledger");

    private SandboxLedger() {
    }

    static void write(RequestRecord entry) {
        if (LINES.isDebugEnabled()) {
            LINES.debug(entry.json().encode());
        }
    }
}
