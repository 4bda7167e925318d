package io.cardverification.rest;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The REST API of the packaged application. */
@QuarkusIntegrationTest
class VerificationResourceIT extends VerificationResourceTest {
}
