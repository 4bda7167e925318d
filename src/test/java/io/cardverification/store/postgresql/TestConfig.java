package io.cardverification.store.postgresql;

import java.nio.file.Path;
import java.util.Optional;

import io.cardverification.testing.EmbeddedDatabase;

/** The settings of the test run's server, without a password. */
record TestConfig(String host, int port, String user, Optional<String> password, String schema, Tls tls)
        implements
            PostgresqlConfig {

    TestConfig() {
        this("localhost", EmbeddedDatabase.port(), EmbeddedDatabase.USER, Optional.empty(), "gateway", Tls.PREFER);
    }

    TestConfig withPort(int port) {
        return new TestConfig(host, port, user, password, schema, tls);
    }

    TestConfig withUser(String user, String password) {
        return new TestConfig(host, port, user, Optional.of(password), schema, tls);
    }

    TestConfig withSchema(String schema) {
        return new TestConfig(host, port, user, password, schema, tls);
    }

    @Override
    public String database() {
        return "postgres";
    }

    @Override
    public int poolSize() {
        return 4;
    }

    @Override
    public Optional<Path> trustCertificate() {
        return Optional.empty();
    }
}
