package io.cardverification.cloudapi;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;

/** The official SDK against the packaged application. */
@QuarkusIntegrationTest
@TestProfile(TencentCloudApiTest.ApiProfile.class)
class JavaSdkIT extends JavaSdkTest {
}
