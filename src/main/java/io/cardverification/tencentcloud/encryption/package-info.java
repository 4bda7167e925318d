/**
 * Field encryption of Tencent Cloud API 3.0, in both directions: AES-256-CBC with RSA, and SM4-GCM with SM2.
 *
 * <p>
 * Decision: pure functions; keys and randomness are parameters. The gateway encrypts with these classes and the sandbox
 * decrypts with them.
 *
 * <p>
 * Decision: only {@code Sm2}, {@code Sm4} and {@code Pkcs1} use BouncyCastle, so a gateway that does not encrypt does not load
 * its JAR. {@code Sm4} states the measured cost.
 *
 * <p>
 * Source: the API page's {@code Encryption}, and the official encryption SDKs. Imports no other package of this project.
 */
@NullMarked
package io.cardverification.tencentcloud.encryption;

import org.jspecify.annotations.NullMarked;
