package io.cardverification.sandbox;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** Repeats the encryption tests with the packaged gateway. */
@QuarkusIntegrationTest
class EncryptedRequestsIT extends EncryptedRequestsTest {
}
