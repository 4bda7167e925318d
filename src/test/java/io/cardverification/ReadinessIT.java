package io.cardverification;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** Health and metrics of what was packaged. */
@QuarkusIntegrationTest
@Tag("twin")
class ReadinessIT extends ReadinessTest {
}
