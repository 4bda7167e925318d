/**
 * THE PROTOCOL, both ways: how Tencent Cloud API 3.0 requests are signed, received and encrypted, and which errors it answers.
 *
 * <p>
 * Decision: pure functions; time, key material and randomness are parameters. The gate signs with these classes and the
 * sandbox checks with them, but the two meet over HTTP only, and both are held to vectors from independent signers.
 *
 * <p>
 * Decision: TC3-HMAC-SHA256 reads as a staircase in the specification's own words: {@link CanonicalRequest},
 * {@link StringToSign}, {@link SigningKey}, {@link Authorization}.
 *
 * <p>
 * Decision: {@link RequestAuthenticator} holds the one order of checks, for both signature versions and for whoever receives:
 * the SDK door
 * and the sandbox. What differs between the versions is behind {@link SignatureCheck}.
 *
 * <p>
 * Source: the pages "Signature v3", "Signature", "Common Params" and "Error Codes", as measured from the official SDKs. Imports
 * nothing
 * of ours.
 */
@NullMarked
package io.cardverification.tencentcloud;

import org.jspecify.annotations.NullMarked;
