package io.cardverification;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import io.vertx.core.json.JsonObject;

/** What is written to the ledger's logger while it is open. */
final class AuditLines extends Handler implements AutoCloseable {

    private final List<JsonObject> lines = new CopyOnWriteArrayList<>();

    AuditLines() {
        Logger.getLogger("audit").addHandler(this);
    }

    List<JsonObject> lines() {
        return lines;
    }

    @Override
    public void publish(LogRecord line) {
        lines.add(new JsonObject(line.getMessage()));
    }

    @Override
    public void flush() {
        // nothing is held back
    }

    @Override
    public void close() {
        Logger.getLogger("audit").removeHandler(this);
    }
}
