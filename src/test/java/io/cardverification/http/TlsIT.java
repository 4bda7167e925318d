package io.cardverification.http;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** TLS handshakes with the packaged application. */
@QuarkusIntegrationTest
class TlsIT extends TlsTest {
}
