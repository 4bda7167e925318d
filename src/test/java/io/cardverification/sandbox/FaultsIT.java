package io.cardverification.sandbox;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** What goes wrong on purpose in what was packaged. */
@QuarkusIntegrationTest
class FaultsIT extends FaultsTest {
}
