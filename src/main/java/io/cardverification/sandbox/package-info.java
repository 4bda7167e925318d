/**
 * A stand-in for Tencent Cloud on its own port: checks signatures, limits the rate, decrypts, responds by test card, and
 * injects faults on request.
 *
 * <p>
 * Decision: it has its own table of results and its own parser of requests. It communicates with {@code upstream} over HTTP
 * only, so that an error about the protocol cannot cancel itself out.
 *
 * <p>
 * Decision: it is as strict as the documentation allows (a sliding second, exact parameter names), so that a client that works
 * here works at Tencent Cloud.
 *
 * <p>
 * Decision: a fault states whether the verification is done before it strikes, and the journal states whether that was charged.
 * So tests can compare the journal with the charges that the gateway reports. The journal can also be logged as a ledger, which
 * outlives the process and contains only keyed hashes of requests.
 *
 * <p>
 * May import {@code tencentcloud}, {@code http}, {@code config} and {@code label}.
 */
@NullMarked
package io.cardverification.sandbox;

import org.jspecify.annotations.NullMarked;
