package io.cardverification;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The two ports of what was packaged. */
@QuarkusIntegrationTest
@Tag("twin")
class ManagementPortIT extends ManagementPortTest {
}
