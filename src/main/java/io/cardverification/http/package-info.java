/**
 * HTTP messages: header fields, media types, codings and framing, as the RFCs define them, for every door alike.
 *
 * <p>
 * Decision: a header field is parsed whole, by its grammar. Searching it by a regular expression was rejected: a comma inside a
 * quoted string then separates members, and a malformed field is half read. A field that does not parse is ignored whole, as
 * RFC 9110 and RFC 9651 allow; only a door can decide to refuse it.
 *
 * <p>
 * Decision: JSON is decoded strictly before a parser sees it. Jackson takes overlong UTF-8, and detects UTF-16 and UTF-32.
 *
 * <p>
 * Decision: a message that is not framed as RFC 9112 demands is refused by one filter before any door; the doors word the
 * answer.
 *
 * <p>
 * Imports nothing of ours.
 */
@NullMarked
package io.cardverification.http;

import org.jspecify.annotations.NullMarked;
