/**
 * Correlation: request IDs and trace spans, which connect all log lines and spans of one request.
 *
 * <p>
 * Decision: the gateway generates the ID of a request. Rejected: an ID from the caller, which may contain personal data.
 *
 * <p>
 * Decision: the gateway creates spans in its own code: the verification's here, and the attempts' in {@code upstream}. So it
 * controls every attribute. Rejected: Quarkus' automatic spans. They contain paths, queries and exception messages, and so
 * names and numbers. A request that is no verification, such as a malformed one, has no span. Metrics count it.
 *
 * <p>
 * Decision: the gateway continues a caller's {@code traceparent} and does not read its baggage. It sends neither to the
 * upstream.
 *
 * <p>
 * Decision: without a configured endpoint there are no traces. Quarkus' request metrics have only known paths and methods as
 * tags; all other values become {@code other}.
 *
 * <p>
 * May import {@code verification} and {@code http}.
 */
@NullMarked
package io.cardverification.tracing;

import org.jspecify.annotations.NullMarked;
