/**
 * THE WORDS: what is asked, what is answered, and the one contract between them.
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
 * Imports nothing of ours.
 */
@NullMarked
package io.cardverification.verification;

import org.jspecify.annotations.NullMarked;
