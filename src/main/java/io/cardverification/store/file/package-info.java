/**
 * A store in one SQLite file, for a gateway of one process.
 *
 * <p>
 * Decision: SQLite. It is a library, so nothing else must run, and it takes the SQL of PostgreSQL. Rejected: H2, which does
 * not.
 *
 * <p>
 * Decision: a thread that writes and one that reads, both of the store alone. A commit waits for the disk, and an event loop or
 * a shared worker must not.
 *
 * <p>
 * Decision: the plain driver. Rejected: the Quarkus extension, which brings Hibernate, a pool and a transaction manager.
 *
 * <p>
 * May import {@code verification} and {@code store}.
 */
@NullMarked
package io.cardverification.store.file;

import org.jspecify.annotations.NullMarked;
