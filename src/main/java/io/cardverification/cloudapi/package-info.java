/**
 * THE SDK DOOR: speaks the Tencent Cloud API 3.0 at {@code /}, so that an official SDK, in any language, works by changing its
 * endpoint.
 *
 * <p>
 * Decision: whoever speaks the protocol is answered in it, whatever went wrong: status 200, {@code application/json} with
 * nothing behind it, a request id. SDKs read no other status, and one takes an error for a success when a charset follows.
 *
 * <p>
 * Decision: the queue's own refusals are the bare {@code RequestLimitExceeded}, the one code on which SDKs wait and try again.
 * An unknown charge has a code of its own, on which none does.
 *
 * <p>
 * Decision: a value of a wrong shape is refused here ({@code InvalidParameterValue}, naming parameter and rule), where Tencent
 * Cloud would answer a free result such as -3: nothing is sent for it, and nobody waits for it.
 *
 * <p>
 * Decision: the one exception is a request whose framing, host or version HTTP itself forbids: it keeps HTTP's status (400,
 * 501,
 * 505) around the envelope, for the proxies on its way. No SDK sends one.
 *
 * <p>
 * Rejected: a resource of Quarkus REST, which adds a charset, decodes the query and answers by status; the protocol is one
 * path and raw bytes.
 *
 * <p>
 * May import {@code verification}, {@code callers}, {@code tencentcloud}, {@code body} and {@code http}.
 */
@NullMarked
package io.cardverification.cloudapi;

import org.jspecify.annotations.NullMarked;
