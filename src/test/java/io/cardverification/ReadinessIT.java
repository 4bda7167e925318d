package io.cardverification;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** Health and metrics of what was packaged. */
@QuarkusIntegrationTest
class ReadinessIT extends ReadinessTest {
}
