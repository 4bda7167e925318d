package io.cardverification.http;

import io.cardverification.label.KebabCase;

/** The reason for which the gateway closed an open connection or reset an open stream. */
enum CloseReason {

    /** The client did not read its responses in time, or left too many bytes unread. */
    UNREAD_RESPONSE,
    /** All connections together held too many bytes. This one held an unfinished request or an unread response. */
    BUFFERS_FULL,
    /** The client pipelined too many requests, or too many bytes, behind an unanswered one. */
    PIPELINING,
    /** The connection was idle and unauthenticated. */
    UNAUTHENTICATED_IDLE,
    /** The number of connections reached its limit, and this one was unauthenticated. */
    CONNECTION_LIMIT;

    String label() {
        return KebabCase.of(this);
    }
}
