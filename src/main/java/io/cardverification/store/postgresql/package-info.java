/**
 * A store in a PostgreSQL database, which several gateways share.
 *
 * <p>
 * Decision: the reactive client of Vert.x, created here. Rejected: the Quarkus extension, whose data source the application has
 * or has not at build time, while {@code gateway.store} is read at the start. Rejected: JDBC, since a thread would wait for
 * each
 * statement.
 *
 * <p>
 * Decision: a database that is away never stops the start. The gateway tells the reason, is not ready and opens the store
 * later.
 * Only settings that contradict those of another gateway, and tables that are too new, stop it.
 *
 * <p>
 * Decision: one advisory lock for each transaction that writes. A process that was stopped within a transaction blocks the
 * others for two seconds, then the database ends it.
 *
 * <p>
 * May import {@code verification}, {@code config} and {@code store}.
 */
@NullMarked
package io.cardverification.store.postgresql;

import org.jspecify.annotations.NullMarked;
