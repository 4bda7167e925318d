/**
 * The protocol of Tencent Cloud API 3.0, in both directions: signing and authentication of requests, and error codes.
 *
 * <p>
 * Decision: pure functions; time, key material and randomness are parameters. The gateway signs with these classes and the
 * sandbox checks with them, but the two communicate over HTTP only. Vectors from independent signers test both.
 *
 * <p>
 * Decision: TC3-HMAC-SHA256 follows the steps of the specification, in its own terms: {@link CanonicalRequest}, {@link
 * StringToSign}, {@link SigningKey}, {@link Authorization}.
 *
 * <p>
 * Decision: {@link RequestAuthenticator} holds the only order of checks, for both signature versions and both servers: the API
 * for SDKs and the sandbox. {@link SignatureCheck} hides the differences between the versions.
 *
 * <p>
 * Decision: {@code encryption} is a sub-package, because the signatures do not depend on it.
 *
 * <p>
 * Source: the pages "Signature v3", "Signature", "Common Params" and "Error Codes", as measured from the official SDKs. Imports
 * no other package of this project.
 */
@NullMarked
package io.cardverification.tencentcloud;

import org.jspecify.annotations.NullMarked;
