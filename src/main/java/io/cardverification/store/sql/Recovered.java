package io.cardverification.store.sql;

import java.time.Instant;

import io.cardverification.store.CallId;
import io.cardverification.verification.Ledger;

/**
 * A call whose process died while it was departing.
 *
 * @param entry of the ledger, in the store already: its charge is unknown
 * @param departedAt the time of the entry
 */
public record Recovered(CallId call, Ledger.Entry entry, Instant departedAt) {
}
