/**
 * THE THREAD: by which what is written about one request can be found again, in logs and in traces.
 *
 * <p>
 * Decision: the gateway makes a request's id itself. Rejected: the caller's own, in which people put data.
 *
 * <p>
 * Decision: spans are made by hand, a question's here and its attempts' in {@code upstream}, so that every attribute is one
 * that
 * we wrote. Rejected: Quarkus' automatic ones, which hold paths, queries and exceptions' messages, and so names and numbers.
 * What
 * is no question, such as a request that breaks a rule, has no span: metrics count it.
 *
 * <p>
 * Decision: a caller's {@code traceparent} is continued, its baggage is not read, and nothing of either is sent to the
 * upstream.
 *
 * <p>
 * Decision: no trace is made unless somebody says where traces go. Of what Quarkus measures of requests, only known addresses
 * and methods are let through, whatever was sent.
 *
 * <p>
 * May import {@code verification}.
 */
@NullMarked
package io.cardverification.tracing;

import org.jspecify.annotations.NullMarked;
