package io.cardverification.sandbox;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The sandbox of what was packaged. */
@QuarkusIntegrationTest
class SandboxIT extends SandboxTest {
}
