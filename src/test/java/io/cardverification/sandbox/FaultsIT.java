package io.cardverification.sandbox;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** Repeats the fault tests with the packaged gateway. */
@QuarkusIntegrationTest
@Tag("twin")
class FaultsIT extends FaultsTest {
}
