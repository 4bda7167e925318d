package io.cardverification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import io.vertx.core.json.JsonObject;

/** What is written to the ledger's logger while it is open. */
final class AuditLines extends Handler implements AutoCloseable {

    private final BlockingQueue<JsonObject> lines = new LinkedBlockingQueue<>();

    AuditLines() {
        Logger.getLogger("audit").addHandler(this);
    }

    /** So many, which a worker may still have to write, and no more. */
    List<JsonObject> next(int count) throws InterruptedException {
        var next = new ArrayList<JsonObject>();
        while (next.size() < count) {
            var line = lines.poll(60, TimeUnit.SECONDS);
            assertThat(line).as("line %d of %d", next.size() + 1, count).isNotNull();
            next.add(line);
        }
        assertThat(lines).as("more lines than %d", count).isEmpty();
        return next;
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
