package io.cardverification.cloudapi;

import org.junit.jupiter.api.Tag;

import io.cardverification.testing.ManyRequests;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;

/** The official SDK against the packaged application. */
@QuarkusIntegrationTest
@Tag("twin")
@TestProfile(ManyRequests.class)
class JavaSdkIT extends JavaSdkTest {
}
