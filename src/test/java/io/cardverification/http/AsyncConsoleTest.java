package io.cardverification.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AsyncConsoleTest {

    private static final int MORE_THAN_FIT = 5_000;

    private final List<String> printed = Collections.synchronizedList(new ArrayList<>());
    private final LongAdder discarded = new LongAdder();
    private final CountDownLatch printing = new CountDownLatch(1);
    private final CountDownLatch read = new CountDownLatch(1);

    private final AsyncConsole console = new AsyncConsole(new ExtHandler() {
        @Override
        protected void doPublish(ExtLogRecord record) {
            printing.countDown();
            try {
                read.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            printed.add(record.getMessage());
        }
    }, discarded);

    private void log(String message) {
        console.publish(new ExtLogRecord(Level.INFO, message, AsyncConsoleTest.class.getName()));
    }

    @Test
    void unread_pipe_does_not_block_loggers_and_discards_are_counted() throws Exception {
        log("0");
        assertThat(printing.await(60, TimeUnit.SECONDS)).isTrue();
        IntStream.range(1, MORE_THAN_FIT).forEach(number -> log(Integer.toString(number)));
        assertThat(printed).isEmpty();
        assertThat(discarded.sum()).isPositive();
        read.countDown();
        console.close();
        assertThat(printed).isEqualTo(IntStream.range(0, MORE_THAN_FIT - discarded.intValue()).mapToObj(Integer::toString)
                .toList());
    }

    @Test
    void close_prints_the_queued_lines_before_it_returns() {
        read.countDown();
        log("1");
        console.close();
        log("2");
        assertThat(printed).containsExactly("1", "2");
        assertThat(discarded.sum()).isZero();
    }

    @Test
    void close_does_not_wait_for_an_unread_pipe() {
        log("1");
        console.close();
        log("2");
        assertThat(printed).isEmpty();
        assertThat(discarded.sum()).isEqualTo(1);
        read.countDown();
    }
}
