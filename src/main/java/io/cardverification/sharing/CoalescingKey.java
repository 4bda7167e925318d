package io.cardverification.sharing;

import java.nio.ByteBuffer;

/**
 * Requests with equal keys share one request to the upstream, and one kept answer.
 *
 * @param scope the caller's name; empty if all callers share
 * @param fingerprint of the question
 */
record CoalescingKey(String scope, ByteBuffer fingerprint) {
}
