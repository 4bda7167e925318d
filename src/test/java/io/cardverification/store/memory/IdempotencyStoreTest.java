package io.cardverification.store.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

import io.cardverification.verification.Completion;
import io.cardverification.verification.Fingerprint;
import io.cardverification.verification.ResultCode;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.cardverification.verification.VerificationResult;

/** The number of keys of each caller, and their lifetime. */
@NullUnmarked // failures have either
class IdempotencyStoreTest {

    private static final int MOST = 12_000;
    private static final long HOUR = Duration.ofHours(1).toNanos();
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final Fingerprint QUESTION = new Fingerprint(ByteBuffer.allocate(32));
    private static final Completion PASSED = new VerificationResult(ResultCode.of("0").orElseThrow(), "passed", "id");
    private static final Completion NOT_SENT = VerificationFailure.of(Reason.CALLER_DISCONNECTED);

    private final IdempotencyStore keys = new IdempotencyStore(MOST, Duration.ofHours(1));
    private int claimed;
    private long nowNanos = Long.MAX_VALUE - HOUR / 2;

    private Optional<VerificationFailure> tryClaim(String caller) {
        return keys.claim(caller, new Fingerprint(ByteBuffer.allocate(4).putInt(0, ++claimed)), QUESTION, nowNanos)
                .map(rejection -> (VerificationFailure) rejection);
    }

    private Fingerprint claim(String caller) {
        assertThat(tryClaim(caller)).isEmpty();
        return new Fingerprint(ByteBuffer.allocate(4).putInt(0, claimed));
    }

    private void keep(String caller) {
        keys.settle(claim(caller), PASSED, nowNanos);
    }

    /** @return how many it got */
    private int keepAll(String caller) {
        var before = keys.size();
        while (tryClaim(caller).isEmpty()) {
            keys.settle(new Fingerprint(ByteBuffer.allocate(4).putInt(0, claimed)), PASSED, nowNanos);
            assertThat(keys.size()).isLessThanOrEqualTo(MOST);
        }
        return keys.size() - before;
    }

    private Duration refused(String caller) {
        var refusal = tryClaim(caller).orElseThrow();
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
    void each_caller_leaves_a_quarter_of_the_free_keys() {
        assertThat(keepAll("one")).isEqualTo(9_000);
        assertThat(keepAll("two")).isEqualTo(2_250);
        assertThat(keepAll("three")).isBetween(560, 565);
        keep("four");
        refused("one");
    }

    @Test
    void retry_after_is_the_expiry_of_the_oldest_key() {
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
    void expired_keys_of_others_make_room() {
        for (var i = 0; i < 10; i++) {
            keep("two");
        }
        nowNanos += MINUTE;
        keepAll("one");
        getsOneAfter(Duration.ofMinutes(59), "one");
    }

    @Test
    void keys_in_flight_count_and_are_freed_if_unsent() {
        var first = claim("one");
        for (var i = 1; i < 9_000; i++) {
            claim("one");
        }
        assertThat(refused("one")).isEqualTo(Duration.ofSeconds(1));
        keys.settle(first, NOT_SENT, nowNanos);
        claim("one");
        refused("one");
    }

    @Test
    void a_long_request_does_not_delay_the_expiry_of_others() {
        var slow = claim("one");
        for (var i = 0; i < 100; i++) {
            keep("one");
        }
        nowNanos += HOUR;
        keep("one");
        assertThat(keys.size()).isEqualTo(2);
        keys.settle(slow, PASSED, nowNanos);
        assertThat(keys.claim("one", slow, QUESTION, nowNanos + HOUR - 1)).isPresent();
    }

    @Test
    void a_random_run_never_exceeds_the_bound() {
        var random = new Random(1);
        for (var i = 0; i < 200_000; i++) {
            var full = tryClaim("caller " + random.nextInt(40));
            if (full.isPresent()) {
                nowNanos += full.get().retryAfter().orElseThrow().toNanos() / 4;
            } else {
                keys.settle(new Fingerprint(ByteBuffer.allocate(4).putInt(0, claimed)),
                        random.nextInt(10) == 0 ? NOT_SENT : PASSED, nowNanos);
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
