package io.cardverification.cloudapi;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The SDK door of what was packaged, and every algorithm of {@code Encryption} through both doors. */
@QuarkusIntegrationTest
class TencentCloudApiIT extends TencentCloudApiTest {
}
