package io.cardverification.cloudapi;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The Tencent Cloud API of the packaged application, and every algorithm of {@code Encryption} through both APIs. */
@QuarkusIntegrationTest
class TencentCloudApiIT extends TencentCloudApiTest {
}
