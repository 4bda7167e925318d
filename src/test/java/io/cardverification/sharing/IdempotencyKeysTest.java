package io.cardverification.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

import io.cardverification.verification.Conclusion;
import io.cardverification.verification.ResultCode;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.cardverification.verification.VerificationResult;

/** How many keys each caller may have, and for how long. */
@NullUnmarked // failures have either
class IdempotencyKeysTest {

    private static final int MOST = 12_000;
    private static final long HOUR = Duration.ofHours(1).toNanos();
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final ByteBuffer QUESTION = ByteBuffer.allocate(32);
    private static final Conclusion PASSED = Conclusion
            .of(new VerificationResult(ResultCode.of("0").orElseThrow(), "passed", "id"));

    private final IdempotencyKeys keys = new IdempotencyKeys(
            Settings.of("idempotency.most", String.valueOf(MOST)).idempotency());
    private int claimed;
    private long nowNanos = Long.MAX_VALUE - HOUR / 2;

    private ByteBuffer claim(String caller) {
        var key = ByteBuffer.allocate(4).putInt(0, ++claimed);
        keys.claim(caller, key, QUESTION, nowNanos);
        return key;
    }

    private ByteBuffer keep(String caller) {
        var key = claim(caller);
        keys.ended(key, PASSED, nowNanos, nowNanos);
        return key;
    }

    /** @return how many it got */
    private int keepAll(String caller) {
        var before = keys.size();
        assertThatThrownBy(() -> {
            for (var i = 0; i <= MOST; i++) {
                keep(caller);
            }
        }).isInstanceOf(VerificationFailure.class);
        return keys.size() - before;
    }

    private Duration refused(String caller) {
        var refusal = catchThrowableOfType(VerificationFailure.class, () -> claim(caller));
        assertThat(refusal.reason()).isEqualTo(Reason.IDEMPOTENCY_STORE_FULL);
        return refusal.retryAfter().orElseThrow();
    }

    /** Not a moment earlier, and then it gets one. */
    private void getsOneAfter(Duration wait, String caller) {
        assertThat(refused(caller)).isEqualTo(wait);
        nowNanos += wait.toNanos() - 1;
        refused(caller);
        nowNanos++;
        keep(caller);
    }

    @Test
    void each_caller_leaves_a_quarter_of_what_it_finds() {
        assertThat(keepAll("one")).isEqualTo(9_000);
        assertThat(keepAll("two")).isEqualTo(2_250);
        assertThat(keepAll("three")).isBetween(560, 565);
        keep("four");
        refused("one");
    }

    @Test
    void a_caller_alone_comes_back_when_its_oldest_key_ends() {
        keep("one");
        nowNanos += MINUTE;
        keepAll("one");
        nowNanos += MINUTE;
        getsOneAfter(Duration.ofMinutes(58), "one");
        keepAll("one");
    }

    @Test
    void caller_above_its_share_gets_room_when_enough_keys_ended() {
        for (var i = 0; i < 9_000; i++) {
            keep("one");
            nowNanos += 1_000;
        }
        for (var i = 0; i < 100; i++) { // 301 too many, and four less with each that ends
            keep("two");
        }
        getsOneAfter(Duration.ofNanos(HOUR - 9_000_000 + 75_000), "one");
    }

    @Test
    void keys_of_others_that_end_make_room_too() {
        for (var i = 0; i < 10; i++) {
            keep("two");
        }
        nowNanos += MINUTE;
        keepAll("one");
        getsOneAfter(Duration.ofMinutes(59), "one");
    }

    @Test
    void keys_in_flight_count_and_leave_room_when_they_cost_nothing() {
        var first = claim("one");
        for (var i = 1; i < 9_000; i++) {
            claim("one");
        }
        assertThat(refused("one")).isEqualTo(Duration.ofSeconds(1));
        keys.ended(first, null, nowNanos, nowNanos);
        claim("one");
        refused("one");
    }

    @Test
    void a_key_in_flight_for_long_keeps_no_other_from_ending() {
        var slow = claim("one");
        for (var i = 0; i < 100; i++) {
            keep("one");
        }
        nowNanos += HOUR;
        keep("one");
        assertThat(keys.size()).isEqualTo(2);
        keys.ended(slow, PASSED, nowNanos, nowNanos);
        assertThat(keys.claim("one", slow, QUESTION, nowNanos + HOUR - 1)).isNotNull();
    }

    @Test
    void never_more_keys_than_the_bound_in_a_long_random_run() {
        var random = new Random(1);
        for (var i = 0; i < 200_000; i++) {
            try {
                var key = claim("caller " + random.nextInt(40));
                keys.ended(key, random.nextInt(10) == 0 ? null : PASSED, nowNanos, nowNanos);
            } catch (VerificationFailure full) {
                nowNanos += full.retryAfter().orElseThrow().toNanos() / 4;
            }
            nowNanos += random.nextInt(100_000_000);
            assertThat(keys.size()).isLessThanOrEqualTo(MOST);
        }
        nowNanos += HOUR;
        keep("one");
        assertThat(keys.size()).isEqualTo(1);
        assertThat(keepAll("one")).isEqualTo(8_999);
    }
}
