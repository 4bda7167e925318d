package io.cardverification.sandbox;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** Repeats the fault tests with the packaged gateway. */
@QuarkusIntegrationTest
class FaultsIT extends FaultsTest {
}
