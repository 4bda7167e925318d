package io.cardverification.store;

import java.time.Instant;

import io.cardverification.verification.Ledger;

/**
 * A call whose process died while it was departing.
 *
 * @param entry of the ledger: its charge is unknown
 * @param departedAt the time of the entry
 */
public record InterruptedCall(CallId call, Ledger.Entry entry, Instant departedAt) {
}
