/**
 * A store in a database, for both engines: one SQL text, one writer.
 *
 * <p>
 * Decision: one SQL text. {@code $1} binds by position, and {@code ON CONFLICT .. RETURNING} means the same in PostgreSQL and
 * in
 * SQLite. Rejected: a mapper or a query builder, since the guarantees are in the text of the statements.
 *
 * <p>
 * Decision: transactions never overlap, not even those of several processes. Each takes milliseconds, and the upstream's limit
 * allows few of them. So no two wait for each other's rows. Rejected: row locks alone, since batches that take the rows of two
 * callers in opposite order block each other for a second.
 *
 * <p>
 * Decision: own migrations. Flyway took 0.6 s of each start on a JVM and 90 ms natively, more than all the rest, also with
 * nothing to migrate; it needs a second driver of PostgreSQL, which waits, a connection pool and a transaction manager
 * (measured). A transaction that never overlaps another needs no further lock.
 *
 * <p>
 * Decision: the wall clock measures ages, since rows outlive processes. A clock that is set back keeps keys for longer, which
 * is
 * harmless; expired rows of a clock that is far ahead are gone.
 *
 * <p>
 * May import {@code verification} and {@code store}.
 */
@NullMarked
package io.cardverification.store.sql;

import org.jspecify.annotations.NullMarked;
