package io.cardverification.store.postgresql;

import java.nio.file.Path;
import java.util.Optional;

import io.smallrye.config.WithDefault;

/** The database of {@code gateway.store=postgresql}. */
public interface PostgresqlConfig {

    /** How the connection is encrypted. */
    enum Tls {
        /** Not at all. */
        DISABLE,
        /** If the server offers it. The certificate is not verified. */
        PREFER,
        /** Always. The certificate is not verified. */
        REQUIRE,
        /** Always, to a server whose certificate is trusted and names the host. */
        VERIFY_FULL
    }

    /** The name or the address of the server. */
    @WithDefault("localhost")
    String host();

    /** 1 to 65535. */
    @WithDefault("5432")
    int port();

    /** The name of the database. */
    @WithDefault("card_verification")
    String database();

    /** The user. It needs the right to create tables in the schema, or a user with that right starts one gateway first. */
    @WithDefault("card_verification")
    String user();

    /** The password of the user. If absent, the server must accept the user without one. */
    Optional<String> password();

    /**
     * The schema that contains all tables: a lower-case letter or {@code _}, then letters, digits and {@code _}, at most 63. If
     * it is absent, the gateway creates it.
     */
    @WithDefault("card_verification")
    String schema();

    /** The most connections that read; two more write. 2 to 100. */
    @WithDefault("4")
    int poolSize();

    /** {@code disable}, {@code prefer}, {@code require} or {@code verify-full}. */
    @WithDefault("prefer")
    Tls tls();

    /**
     * A PEM file with the certificates that {@code verify-full} trusts. If absent, those that the Java platform trusts.
     */
    Optional<Path> trustCertificate();
}
