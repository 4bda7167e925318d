/**
 * The values of a verification and the ports between the packages.
 *
 * <ul>
 * <li>Values: {@code VerificationRequest} and its parts, {@code CallOptions}, {@code Caller}.
 * <li>Outcomes: {@code Completion}, which is a {@code VerificationResult} or a {@code VerificationFailure}.
 * <li>Ports: {@code Verifier} for the APIs, {@code PipelineStage} between the stages, {@code VerificationCallFactory} to the
 * upstream, {@code Ledger}, {@code RateLimitStatus}.
 * </ul>
 *
 * <p>
 * Decision: values check only their <em>format</em>. The ID number of the API page's example fails its own check digit. A
 * gateway that computed check digits would reject values that the upstream accepts.
 *
 * <p>
 * Decision: every value prints masked, so that no log line, exception or debugger view reveals one by accident. Rejected:
 * masking when logs are written, since every place would have to remember it.
 *
 * <p>
 * Decision: {@code Verifier} and {@code VerificationCall} are different ports, since many requests may await one call.
 * Rejected: one port for both, with coalescing as a decorator. It could not distinguish a wait from a call.
 *
 * <p>
 * Decision: a failure is a value, not an exception. Only the two APIs turn it into the form that their clients expect.
 *
 * <p>
 * May import {@code label}.
 */
@NullMarked
package io.cardverification.verification;

import org.jspecify.annotations.NullMarked;
