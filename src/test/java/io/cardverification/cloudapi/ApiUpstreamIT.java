package io.cardverification.cloudapi;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the packaged application. */
@QuarkusIntegrationTest
@Tag("twin")
class ApiUpstreamIT extends ApiUpstreamTest {
}
