package io.cardverification.edge;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** Real handshakes with what was packaged. */
@QuarkusIntegrationTest
class TlsIT extends TlsTest {
}
