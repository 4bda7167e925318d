package io.cardverification.upstream;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** What was packaged encrypts with AES and RSA. */
@QuarkusIntegrationTest
class VeilIT extends VeilTest {
}
