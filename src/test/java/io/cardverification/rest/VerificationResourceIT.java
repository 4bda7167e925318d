package io.cardverification.rest;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The REST API of the packaged application. */
@QuarkusIntegrationTest
@Tag("twin")
class VerificationResourceIT extends VerificationResourceTest {
}
