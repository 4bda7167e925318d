/**
 * THE TENCENT CLOUD API 3.0 at {@code /}: an official SDK in any language works if its endpoint is changed.
 *
 * <p>
 * Decision: a request in the protocol always gets a response in the protocol: status 200, {@code application/json} without
 * parameters, and a request id. SDKs accept no other status. One SDK takes an error for a success if the content type has a
 * charset.
 *
 * <p>
 * Decision: a rejection by the queue is the plain {@code RequestLimitExceeded}, the one code after which SDKs wait and retry.
 * An unknown charge has a separate code, after which no SDK retries.
 *
 * <p>
 * Decision: the gateway rejects a malformed value itself, with {@code InvalidParameterValue}, the parameter and the rule.
 * Tencent Cloud would return a free result such as -3. The rejection costs no request to the upstream and no wait.
 *
 * <p>
 * Decision: the one exception is a request that HTTP forbids by its framing, host or version. It keeps HTTP's status (400,
 * 501, 505) with the envelope as its body, for proxies between client and gateway. No SDK sends one.
 *
 * <p>
 * Rejected: a resource of Quarkus REST, which adds a charset, decodes the query and maps errors to statuses. The protocol is
 * one path and raw bytes.
 *
 * <p>
 * May import {@code verification}, {@code callers}, {@code tencentcloud} and {@code http}.
 */
@NullMarked
package io.cardverification.cloudapi;

import org.jspecify.annotations.NullMarked;
