package io.cardverification.sandbox;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the packaged application. */
@QuarkusIntegrationTest
@Tag("twin")
class SandboxRulesIT extends SandboxRulesTest {
}
