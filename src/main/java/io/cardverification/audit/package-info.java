/**
 * Ledger records: one line for the end of each verification. Finance compares them with the bill, and auditors read them.
 *
 * <p>
 * Decision: a verification is one caller's request. So there are lines for rejected requests, for shared and cached results,
 * and for callers that disconnected. The bill consists of the lines whose {@code charge} is {@code charged} and that are
 * neither {@code shared} nor {@code reused}. Some of the lines with the charge {@code unknown} may be on it, too.
 *
 * <p>
 * Decision: a keyed hash and the card's last four digits identify the person of a line. Names, ID numbers and card numbers
 * never reach this package.
 *
 * <p>
 * Decision: this package composes lines, and {@code ledger} writes them. A request that is rejected because the ledger cannot
 * be written has no line: it is only counted.
 *
 * <p>
 * May import {@code verification} and {@code ledger}.
 */
@NullMarked
package io.cardverification.audit;

import org.jspecify.annotations.NullMarked;
