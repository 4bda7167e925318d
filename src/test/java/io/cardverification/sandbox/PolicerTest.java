package io.cardverification.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

class PolicerTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Policer policer = new Policer(Policer.LimitAlgorithm.SLIDING_WINDOW, 20);

    private int admitted(int count, long atNanos) {
        var admitted = 0;
        for (var i = 0; i < count; i++) {
            admitted += policer.tryAcquire(atNanos) ? 1 : 0;
        }
        return admitted;
    }

    @Test
    void sliding_admits_at_most_the_limit_in_any_second() {
        assertThat(admitted(10, 0)).isEqualTo(10);
        assertThat(admitted(20, SECOND / 2)).isEqualTo(10);
        assertThat(admitted(20, SECOND - 1)).isZero();
        assertThat(admitted(20, SECOND)).isEqualTo(10);
        assertThat(admitted(20, SECOND + SECOND / 2)).isEqualTo(10);
    }

    @Test
    void fixed_admits_twice_the_limit_around_a_boundary() {
        policer.change(Policer.LimitAlgorithm.FIXED_WINDOW, 20);
        assertThat(admitted(30, SECOND - 1)).isEqualTo(20);
        assertThat(admitted(30, SECOND)).isEqualTo(20);
        assertThat(admitted(1, 2 * SECOND - 1)).isZero();
        assertThat(admitted(1, 2 * SECOND)).isEqualTo(1);
    }

    @Test
    void bucket_admits_a_burst_then_one_at_a_time() {
        policer.change(Policer.LimitAlgorithm.TOKEN_BUCKET, 20);
        assertThat(admitted(30, SECOND)).isEqualTo(20);
        assertThat(admitted(2, SECOND + SECOND / 20 - 1)).isZero();
        assertThat(admitted(2, SECOND + SECOND / 20)).isEqualTo(1);
        assertThat(admitted(30, SECOND + SECOND / 2)).isEqualTo(9);
        assertThat(admitted(30, 10 * SECOND)).isEqualTo(20);
    }

    @Test
    void lower_limit_applies_from_the_next_request() {
        assertThat(admitted(10, 0)).isEqualTo(10);
        policer.change(Policer.LimitAlgorithm.SLIDING_WINDOW, 5);
        assertThat(admitted(10, 1)).isZero();
        assertThat(admitted(10, SECOND)).isEqualTo(5);
    }

    @Test
    void message_counts_requests_as_tencent_cloud_does() {
        admitted(21, 0);
        assertThat(policer.message()).isEqualTo("Your current request times equals to `21` in a second, which exceeds the"
                + " frequency limit `20` for a second. Please reduce the frequency of calls.");
    }

    @Test
    void requests_stay_in_the_journal_for_a_minute_and_in_the_ledger() {
        var ledger = new ArrayList<RequestRecord>();
        var arrivals = new RequestJournal(ledger::add);
        arrivals.add(new RequestRecord(Instant.EPOCH, 0, false, "first", TestCards.result(-1), null, "0123456789abcdef"));
        arrivals.add(
                new RequestRecord(Instant.EPOCH, 60 * SECOND, true, "second", null, Fault.parse("reset-before-body"), null));
        assertThat(arrivals.json(60 * SECOND).encode()).isEqualTo("{\"requests\":["
                + "{\"receivedAt\":\"1970-01-01T00:00:00Z\",\"receivedNanos\":0,\"rejected\":false,\"requestId\":\"first\",\"code\":\"-1\",\"charged\":true,"
                + "\"fingerprint\":\"0123456789abcdef\"},"
                + "{\"receivedAt\":\"1970-01-01T00:00:00Z\",\"receivedNanos\":60000000000,\"rejected\":true,\"requestId\":\"second\",\"code\":\"none\",\"charged\":false,"
                + "\"fault\":\"reset-before-body\"}]}");
        assertThat(arrivals.json(60 * SECOND + 1).getJsonArray("requests")).hasSize(1);
        assertThat(ledger).extracting(RequestRecord::requestId).containsExactly("first", "second");
    }
}
