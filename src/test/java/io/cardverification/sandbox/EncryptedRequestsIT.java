package io.cardverification.sandbox;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** What was packaged encrypts with SM4 and SM2, and decrypts. */
@QuarkusIntegrationTest
class EncryptedRequestsIT extends EncryptedRequestsTest {
}
