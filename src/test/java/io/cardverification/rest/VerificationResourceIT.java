package io.cardverification.rest;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The front door of what was packaged. */
@QuarkusIntegrationTest
class VerificationResourceIT extends VerificationResourceTest {
}
