package io.cardverification.store.postgresql;

import java.nio.file.Path;
import java.util.Optional;

import io.cardverification.testing.EmbeddedDatabase;

/** The settings of the test run's server, without a password. */
record TestConfig(int port, String user, Optional<String> password, String schema, Tls tls) implements PostgresqlConfig {

    static TestConfig of(int port) {
        return new TestConfig(port, EmbeddedDatabase.USER, Optional.empty(), "gateway", Tls.PREFER);
    }

    TestConfig withUser(String user, String password) {
        return new TestConfig(port, user, Optional.of(password), schema, tls);
    }

    TestConfig withSchema(String schema) {
        return new TestConfig(port, user, password, schema, tls);
    }

    TestConfig withTls(Tls tls) {
        return new TestConfig(port, user, password, schema, tls);
    }

    @Override
    public String host() {
        return "localhost";
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
