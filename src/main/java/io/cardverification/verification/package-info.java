/**
 * THE WORDS: what is asked, on which terms, what is answered, and the contracts between rooms: {@code Verifier}, which doors
 * ask, {@code Inquiries}, which the gate keeps, {@code Ledger}, where it is written down, and {@code Quota}, which tells what
 * the
 * limit leaves.
 *
 * <p>
 * Decision: values check their <em>shape</em> only. The ID number that the API page documents fails its own check
 * digit, so a gateway that computed check digits would refuse what the upstream accepts. The upstream is the judge.
 *
 * <p>
 * Decision: every value prints masked, so that no log line, exception or debugger view can leak one by accident.
 * Rejected: masking where logs are written, since that has to be remembered at every place.
 *
 * <p>
 * Decision: doors and the gate have a contract each, since many callers may await one inquiry. Rejected: one contract for
 * both, with sharing as a decorator of it, which could not tell a wait from a request that is under way.
 *
 * <p>
 * Imports nothing of ours.
 */
@NullMarked
package io.cardverification.verification;

import org.jspecify.annotations.NullMarked;
