package io.cardverification.upstream;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The packaged application encrypts with AES and RSA. */
@QuarkusIntegrationTest
class RequestEncryptionIT extends RequestEncryptionTest {
}
