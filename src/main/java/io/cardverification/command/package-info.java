/**
 * The commands of the jar and of the native executable. They run instead of the gateway, before Quarkus starts.
 *
 * <p>
 * Decision: picocli without the extension of Quarkus. Rejected: the extension. It takes over the life cycle, and a command
 * would open the ports of the gateway.
 *
 * <p>
 * Decision: messages about wrong usage repeat the name of an option and never a value, because a value may be a key.
 *
 * <p>
 * May import {@code callers}.
 */
@NullMarked
package io.cardverification.command;

import org.jspecify.annotations.NullMarked;
