/**
 * THE REST API: one JSON request, one JSON response, and problem documents (RFC 9457) for all errors.
 *
 * <p>
 * Decision: a completed verification is a 200, also if the values do not match. A problem means that there is no result.
 *
 * <p>
 * Decision: problems name members ({@code #/bankCard}) and rules. They never repeat a part of the request, not even an unknown
 * member's name, since callers may put personal data there.
 *
 * <p>
 * May import {@code verification}, {@code callers}, {@code body} and {@code http}.
 */
@NullMarked
package io.cardverification.rest;

import org.jspecify.annotations.NullMarked;
