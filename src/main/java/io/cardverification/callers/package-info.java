/**
 * WHO MAY ASK: the names of callers, by which they take turns, and the key pairs that were issued to them.
 *
 * <p>
 * Decision: a caller is a name that a room of its own gives, so that doors need not know how callers are told apart. At the
 * SDK door a caller is whom its key pair was issued to; at the front door, for now, all are one.
 *
 * <p>
 * Decision: the key pairs of the SDK door are this gateway's own. The company's cloud key stays inside, and whoever leaves the
 * company takes nothing with him that opens the cloud.
 *
 * <p>
 * May import {@code verification}.
 */
@NullMarked
package io.cardverification.callers;

import org.jspecify.annotations.NullMarked;
