package io.cardverification.store.postgresql;

import java.time.Duration;

import io.cardverification.store.sql.DyingCall;
import io.vertx.core.Vertx;

/** A process that dies: the port of the server, the schema and the moment. */
final class DyingDatabaseProcess {

    private DyingDatabaseProcess() {
    }

    public static void main(String[] arguments) {
        var vertx = Vertx.vertx();
        var config = TestConfig.of(Integer.parseInt(arguments[0])).withSchema(arguments[1]);
        DyingCall.run(new PostgresqlEngine(config, Duration.ofSeconds(30), vertx),
                DyingCall.Moment.valueOf(arguments[2]));
    }
}
