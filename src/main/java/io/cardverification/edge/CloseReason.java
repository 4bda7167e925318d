package io.cardverification.edge;

import java.util.Locale;

/** Why the gateway closed a connection, or reset a stream, that was not over. */
enum CloseReason {

    /** Its answers were not read in time, or too much of them was left unread. */
    UNREAD_RESPONSE,
    /** All connections together held too much, and this one held an unfinished request or an unread answer. */
    BUFFERS_FULL,
    /** Too many requests, or too many bytes of them, were pipelined behind an unanswered one. */
    PIPELINING,
    /** No valid key was shown on it, and it was idle. */
    UNAUTHENTICATED_IDLE,
    /** Connections ran short, and no valid key was shown on it. */
    CONNECTION_LIMIT;

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
