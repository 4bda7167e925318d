package io.cardverification.http;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** TLS handshakes with the packaged application. */
@QuarkusIntegrationTest
@Tag("twin")
class TlsIT extends TlsTest {
}
