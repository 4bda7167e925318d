package io.cardverification;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The two ports of what was packaged. */
@QuarkusIntegrationTest
class ManagementPortIT extends ManagementPortTest {
}
