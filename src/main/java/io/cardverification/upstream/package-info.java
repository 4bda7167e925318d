/**
 * Calls to Tencent Cloud: paced, signed, sent, classified.
 *
 * <p>
 * Decision: the declarative client is called only with a permit, since a signature contains the time. Its connection pool is
 * larger than the pacer can fill, since a queue in the pool would be jitter that no metric shows.
 *
 * <p>
 * Decision: requests are sent, and responses received, on an event loop without callers. Rejected: the
 * caller's event loop. There, responses would wait behind the requests of all callers.
 *
 * <p>
 * Decision: a failure is <em>not sent</em> only if that is certain: the permit was revoked, and nothing is sent without a
 * permit. Any other failure without a valid response is an unknown charge. {@code ResponseClassifier} has the table.
 *
 * <p>
 * Decision: a retry goes back to the pacer, which knows when it may be sent. Only attempts without a charge are retried: after
 * a rejection by the rate limit, after a wrong clock, and those of {@code RetryState}.
 *
 * <p>
 * Decision: the circuit breaker surrounds the single send and informs the pacer, so that no request waits for a failing
 * upstream. Rejected: a breaker around the queue. SmallRye's breaks cancellation, and waiting requests would fail one permit
 * at a time.
 *
 * <p>
 * Decision: the breaker counts a call once. It does not count failures that only one caller or one call has while others get
 * answers: {@code FailureAttribution}.
 *
 * <p>
 * Decision: HTTP/1.1 only, so that one guard bounds and checks the responses of each connection ({@code ResponseGuard}). An
 * untrustworthy response then costs one connection, and no request of others.
 *
 * <p>
 * Decision: readiness follows the upstream's last response ({@code UpstreamHealth}) and expires. So the gateway recovers
 * without a restart and without a request that costs money.
 *
 * <p>
 * May import {@code verification}, {@code pacing}, {@code tencentcloud}, {@code http}, {@code config} and {@code label}.
 */
@NullMarked
package io.cardverification.upstream;

import org.jspecify.annotations.NullMarked;
