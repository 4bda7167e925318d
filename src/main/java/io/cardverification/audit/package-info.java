/**
 * THE LEDGER: what became of every verification, one line each, for finance to count against the bill and for auditors to read.
 *
 * <p>
 * Decision: a verification is what one caller asked, so there are lines for refusals, for what was shared or kept, and for
 * those who left. The lines whose {@code charge} is {@code charged} and that are neither {@code shared} nor {@code reused} are
 * the bill; of those that are {@code unknown}, some may be on it, too.
 *
 * <p>
 * Decision: whom a line is about is told by a keyed hash and the card's last four digits. Names, ID numbers and card numbers
 * never come here.
 *
 * <p>
 * Decision: this package composes lines, and {@code ledger} writes them. Questions that are refused because the ledger
 * cannot be written have no line: they are counted only.
 *
 * <p>
 * May import {@code verification} and {@code ledger}.
 */
@NullMarked
package io.cardverification.audit;

import org.jspecify.annotations.NullMarked;
