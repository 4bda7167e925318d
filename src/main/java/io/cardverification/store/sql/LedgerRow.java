package io.cardverification.store.sql;

import java.time.Instant;

import io.cardverification.verification.Ledger;

/**
 * One row of the ledger.
 *
 * @param number unique within the process
 */
record LedgerRow(long process, long number, Ledger.Entry entry, Instant at) {
}
