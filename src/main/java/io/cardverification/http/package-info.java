/**
 * HTTP messages: header fields, media types, codings and framing, as the RFCs define them, for all APIs.
 *
 * <p>
 * Decision: a header field is parsed completely, by its grammar. A malformed field is ignored completely, as RFC 9110 and RFC
 * 9651 allow; only an API can decide to reject the request. Rejected: a search by a regular expression. It splits members at a
 * comma inside a quoted string, and uses parts of a malformed field.
 *
 * <p>
 * Decision: JSON is decoded strictly before a parser reads it. Jackson accepts overlong UTF-8, and detects UTF-16 and UTF-32.
 *
 * <p>
 * Decision: one filter before all APIs rejects a message whose framing violates RFC 9112. The API writes the response.
 *
 * <p>
 * Imports no package of the gateway.
 */
@NullMarked
package io.cardverification.http;

import org.jspecify.annotations.NullMarked;
