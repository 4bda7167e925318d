package io.cardverification.sandbox;

import org.jboss.logging.Logger;

/**
 * The arrivals as a log, a line of JSON for each: what the sandbox has charged outlives it, in whatever file the log goes to.
 *
 * <p>
 * A line is written before its answer is sent, and by the event loop itself: whoever has an answer finds it in the ledger, even
 * if the process was killed in the meantime.
 */
final class SandboxLedger {

    /** Not below this package: who silences the sandbox does not silence its books. */
    private static final Logger LINES = Logger.getLogger("sandbox.ledger");

    private SandboxLedger() {
    }

    static void write(RequestRecord entry) {
        if (LINES.isDebugEnabled()) {
            LINES.debug(entry.json().encode());
        }
    }
}
