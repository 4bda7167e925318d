package io.cardverification.cloudapi;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The Tencent Cloud API of the packaged application, and every algorithm of {@code Encryption} through both APIs. */
@QuarkusIntegrationTest
@Tag("twin")
class TencentCloudApiIT extends TencentCloudApiTest {
}
