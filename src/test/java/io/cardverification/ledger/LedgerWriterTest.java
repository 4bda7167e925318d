package io.cardverification.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerWriterTest {

    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private final StubOutput output = new StubOutput();
    private final AtomicLong nanos = new AtomicLong();
    private final LedgerWriter writer = new LedgerWriter(output, nanos::get);

    @BeforeEach
    void start() throws IOException {
        writer.start();
    }

    @AfterEach
    void stop() {
        output.room(Integer.MAX_VALUE);
        output.read();
        writer.close(A_MINUTE);
    }

    private void add(int from, int to) {
        IntStream.range(from, to).forEach(number -> writer.add(() -> line(number)));
    }

    private static String line(int number) {
        return "{\"number\":%04d}".formatted(number);
    }

    private static List<String> lines(int to) {
        return IntStream.range(0, to).mapToObj(LedgerWriterTest::line).toList();
    }

    private static void await(BooleanSupplier truth) {
        Awaitility.await().atMost(A_MINUTE).pollInSameThread().pollInterval(Duration.ofMillis(1)).until(truth::getAsBoolean);
    }

    private void awaitWritten(int count) {
        await(() -> writer.written() == count && writer.pending() == 0);
    }

    @Test
    void writes_lines_in_order_without_a_close() {
        add(0, 10);
        awaitWritten(10);
        add(10, 20);
        awaitWritten(20);
        assertThat(output.lines()).isEqualTo(lines(20));
        assertThat(writer.isAvailable()).isTrue();
    }

    @Test
    void writes_each_line_at_any_time_of_its_addition() throws InterruptedException {
        var adders = IntStream.range(0, 4).mapToObj(adder -> new Thread(() -> {
            for (var each = 0; each < 500; each++) {
                writer.add(() -> "");
                Thread.onSpinWait();
            }
        })).toList();
        for (var adder : adders) {
            adder.start();
        }
        for (var adder : adders) {
            adder.join();
        }
        awaitWritten(2_000);
    }

    @Test
    void a_full_disk_makes_it_unavailable_until_lines_are_written() {
        output.room(line(0).length() * 2 + 7);
        add(0, 10);
        await(() -> writer.failures() > 0);
        assertThat(writer.isAvailable()).isFalse();
        assertThat(writer.pending()).isEqualTo(8);
        add(10, 20);
        output.room(Integer.MAX_VALUE);
        awaitWritten(20);
        assertThat(writer.isAvailable()).isTrue();
        assertThat(output.lines()).filteredOn(line -> line.endsWith("}")).isEqualTo(lines(20));
        assertThat(output.lines()).filteredOn(line -> !line.endsWith("}")).containsExactly(line(2).substring(0, 5));
    }

    @Test
    void recovers_if_only_the_last_line_feed_did_not_fit() {
        output.room(line(0).length());
        add(0, 1);
        await(() -> writer.failures() > 0);
        assertThat(writer.isAvailable()).isFalse();
        output.room(Integer.MAX_VALUE);
        await(writer::isAvailable);
        add(1, 2);
        awaitWritten(2);
        assertThat(output.lines()).isEqualTo(lines(2));
    }

    @Test
    void each_failed_write_is_counted() {
        output.room(0);
        add(0, 1);
        await(() -> writer.failures() > 2);
        assertThat(writer.written()).isZero();
    }

    @Test
    void a_stuck_write_makes_it_unavailable_until_it_ends() {
        output.stick();
        add(0, 1);
        assertThat(writer.isAvailable()).isTrue();
        nanos.addAndGet(LedgerWriter.STUCK_AFTER.toNanos());
        assertThat(writer.isAvailable()).isFalse();
        output.read();
        awaitWritten(1);
        assertThat(writer.isAvailable()).isTrue();
    }

    @Test
    void a_pause_without_lines_does_not_count_as_stuck() {
        add(0, 1);
        awaitWritten(1);
        nanos.addAndGet(Duration.ofDays(1).toNanos());
        assertThat(writer.isAvailable()).isTrue();
    }

    @Test
    void a_full_backlog_makes_it_unavailable_without_losing_lines() {
        output.stick();
        add(0, LedgerWriter.MAX_PENDING);
        assertThat(writer.isAvailable()).isFalse();
        add(LedgerWriter.MAX_PENDING, LedgerWriter.MAX_PENDING + 100);
        output.read();
        awaitWritten(LedgerWriter.MAX_PENDING + 100);
        assertThat(output.lines()).isEqualTo(lines(LedgerWriter.MAX_PENDING + 100));
        assertThat(writer.isAvailable()).isTrue();
    }

    @Test
    void close_writes_all_pending_lines() {
        add(0, 100);
        assertThat(writer.close(A_MINUTE)).isZero();
        assertThat(output.lines()).isEqualTo(lines(100));
    }

    @Test
    void close_gives_up_and_returns_the_number_of_lost_lines() {
        output.stick();
        add(0, 3);
        assertThat(writer.close(Duration.ofMillis(10))).isEqualTo(3);
    }

    @Test
    void close_gives_up_on_a_full_disk() {
        output.room(0);
        add(0, 3);
        assertThat(writer.close(Duration.ofMillis(10))).isEqualTo(3);
    }

    @Test
    void a_line_added_after_the_close_is_written_at_once() {
        add(0, 1);
        writer.close(A_MINUTE);
        add(1, 2);
        assertThat(output.lines()).isEqualTo(lines(2));
    }

    @Test
    void no_line_is_lost_between_many_threads() throws Exception {
        var threads = Executors.newFixedThreadPool(4);
        for (var thread = 0; thread < 4; thread++) {
            threads.execute(() -> add(0, 5_000));
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        awaitWritten(20_000);
        assertThat(output.lines()).hasSize(20_000);
    }

    @Test
    void does_not_start_if_it_cannot_be_opened() {
        var unopened = new LedgerWriter(new LedgerFile(Path.of("none", "such")), nanos::get);
        assertThatThrownBy(unopened::start).isInstanceOf(IOException.class);
    }
}
