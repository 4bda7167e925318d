package io.cardverification.sandbox;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** Repeats the sandbox tests with the packaged gateway. */
@QuarkusIntegrationTest
class SandboxIT extends SandboxTest {
}
