package io.cardverification.cloudapi;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;

/** The official SDK against what was packaged. */
@QuarkusIntegrationTest
@TestProfile(TencentCloudApiTest.Unhurried.class)
class JavaSdkIT extends JavaSdkTest {
}
