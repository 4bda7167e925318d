package io.cardverification.upstream;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The packaged application encrypts with AES and RSA. */
@QuarkusIntegrationTest
@Tag("twin")
class RequestEncryptionIT extends RequestEncryptionTest {
}
