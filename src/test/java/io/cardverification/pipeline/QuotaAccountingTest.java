package io.cardverification.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.cardverification.verification.Completion;
import io.cardverification.verification.Ledger.Entry;
import io.cardverification.verification.ResultCode;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.cardverification.verification.VerificationResult;

/** The charges and concurrent requests of a caller's quota. */
class QuotaAccountingTest {

    private static final Completion CHARGED = new VerificationResult(ResultCode.of("0").orElseThrow(), "passed", "id");
    private static final Completion UNKNOWN = VerificationFailure.of(Reason.UPSTREAM_TIMEOUT);
    private final VerificationFailure spent = VerificationFailure.notSent(Reason.DAILY_LIMIT_EXCEEDED, Duration.ofHours(3));

    private final StubCalls calls = new StubCalls();
    private final StubQuotas quotas = new StubQuotas();
    private final StubLedger ledger = new StubLedger();
    private final List<Entry> written = ledger.written;
    private final VerificationPipeline verifier = TestPipeline.of(calls, quotas, ledger, Clock.systemUTC(),
            System::nanoTime, "cache.ttl.passed", "1h", "sharing.across-callers", "true");

    private Answer verify(String caller, @Nullable String key) {
        return TestPipeline.verify(verifier, "6226090210146748", caller, false, key);
    }

    @Test
    void a_shared_charge_is_spent_once() {
        verify("one", null);
        verify("two", null);
        assertThat(quotas.inProgress()).isEqualTo(2);
        calls.latest().end(CHARGED);
        assertThat(quotas.inProgress()).isZero();
        assertThat(quotas.spent()).isEqualTo(1);
    }

    @Test
    void an_unknown_charge_is_spent() {
        verify("one", null);
        calls.latest().end(UNKNOWN);
        assertThat(quotas.spent()).isEqualTo(1);
    }

    @Test
    void a_disconnect_spends_a_charge_only_after_the_send() {
        verify("one", null).disconnect();
        assertThat(quotas.inProgress()).isZero();
        var left = verify("one", null);
        calls.latest().committed = true;
        left.disconnect();
        assertThat(quotas.inProgress()).isEqualTo(1);
        calls.latest().end(CHARGED);
        assertThat(quotas.inProgress()).isZero();
        assertThat(quotas.spent()).isEqualTo(1);
    }

    @Test
    void replays_and_cached_answers_need_no_quota() {
        verify("one", "key");
        calls.latest().end(CHARGED);
        quotas.reject(spent);
        assertThat(verify("one", "key").result().requestId()).isEqualTo("id");
        assertThat(verify("two", null).result().requestId()).isEqualTo("id");
        assertThat(quotas.inProgress()).isZero();
        assertThat(quotas.spent()).isEqualTo(1);
    }

    @Test
    void a_rejection_is_recorded_and_frees_its_key() {
        quotas.reject(spent);
        assertThat(verify("one", "key").failure()).isSameAs(spent);
        assertThat(calls.opened).isEmpty();
        assertThat(written).singleElement().satisfies(entry -> assertThat(entry.completion()).isSameAs(spent));
        assertThat(verifier.inFlight()).isZero();
        quotas.reject(null);
        var asked = verify("one", "key");
        calls.latest().end(CHARGED);
        assertThat(asked.result().metadata().reusedAfter()).isEmpty();
    }

    @Test
    void a_rejection_leaves_the_key_to_a_request_in_progress() {
        verify("one", "key");
        quotas.reject(spent);
        assertThat(verify("one", "key").failure()).isSameAs(spent);
        calls.latest().end(CHARGED);
        assertThat(verify("one", "key").result().metadata().reusedAfter()).isPresent();
    }
}
