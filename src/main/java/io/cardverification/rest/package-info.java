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
 * Decision: the OpenAPI document is stored at build time ({@link io.cardverification.rest.StoredOpenApiInterceptor}). To make
 * it at the start takes 7 % of the processor time of a start on a JVM (measured). Rejected: an own route, which repeats the
 * content negotiation of Quarkus.
 *
 * <p>
 * May import {@code verification}, {@code callers}, {@code http} and {@code label}.
 */
@NullMarked
package io.cardverification.rest;

import org.jspecify.annotations.NullMarked;
