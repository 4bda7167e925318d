package io.cardverification.store.postgresql;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import io.cardverification.config.ConfigRange;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;

/** The options of the client, from the configuration. */
final class PostgresqlOptions {

    private static final String PREFIX = "gateway.store.postgresql.";
    private static final Pattern SCHEMA = Pattern.compile("[a-z_][a-z0-9_]{0,62}");
    private static final int MAX_PORT = 65_535;
    private static final int MAX_POOL_SIZE = 100;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    /** A server that vanished answers nothing. Its statements fail then, and are repeated on another connection. */
    private static final Duration SILENCE = Duration.ofSeconds(10);
    /** The server ends the transaction of a process that was stopped within it, so that others go on. */
    private static final String IDLE_IN_TRANSACTION_MILLIS = "2000";
    private static final String LOCK_MILLIS = "5000";

    private PostgresqlOptions() {
    }

    /** @throws ConfigurationException with the key and the rule */
    static void require(PostgresqlConfig config) {
        ConfigRange.require(PREFIX + "port", config.port(), 1, MAX_PORT);
        ConfigRange.require(PREFIX + "pool-size", config.poolSize(), 2, MAX_POOL_SIZE);
        if (!SCHEMA.matcher(config.schema()).matches()) {
            throw new ConfigurationException(
                    PREFIX + "schema must be a lower-case letter or _, then letters, digits and _, at most 63 characters");
        }
        if (config.trustCertificate().filter(file -> !file.toFile().canRead()).isPresent()) {
            throw new ConfigurationException(PREFIX + "trust-certificate must be a readable file");
        }
    }

    private static PgConnectOptions connection(PostgresqlConfig config) {
        var options = new PgConnectOptions().setHost(config.host()).setPort(config.port()).setDatabase(config.database())
                .setUser(config.user()).setPassword(config.password().orElse(""))
                .setConnectTimeout((int) CONNECT_TIMEOUT.toMillis())
                .setIdleTimeout((int) SILENCE.toMillis()).setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setCachePreparedStatements(true)
                .addProperty("application_name", "card-verification-gateway")
                .addProperty("search_path", config.schema())
                .addProperty("idle_in_transaction_session_timeout", IDLE_IN_TRANSACTION_MILLIS)
                .addProperty("lock_timeout", LOCK_MILLIS);
        options.setTcpKeepAlive(true);
        return encrypted(options, config);
    }

    private static PgConnectOptions encrypted(PgConnectOptions options, PostgresqlConfig config) {
        return switch (config.tls()) {
            case DISABLE -> options.setSslMode(SslMode.DISABLE);
            case PREFER -> options.setSslMode(SslMode.PREFER).setTrustAll(true);
            case REQUIRE -> options.setSslMode(SslMode.REQUIRE).setTrustAll(true);
            case VERIFY_FULL -> {
                config.trustCertificate()
                        .ifPresent(file -> options.setPemTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
                yield options.setSslMode(SslMode.VERIFY_FULL).setHostnameVerificationAlgorithm("HTTPS");
            }
        };
    }

    /** @param patience how long a read or a write waits for a connection */
    static Pool pool(PostgresqlConfig config, int size, Duration patience, Vertx vertx) {
        var options = new PoolOptions().setMaxSize(size)
                .setConnectionTimeout((int) patience.toMillis()).setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
        return PgBuilder.pool().connectingTo(connection(config)).with(options).using(vertx).build();
    }
}
