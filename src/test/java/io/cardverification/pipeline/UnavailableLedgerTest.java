package io.cardverification.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;

import org.junit.jupiter.api.Test;

import io.cardverification.verification.Charge;
import io.cardverification.verification.Completion;
import io.cardverification.verification.ResultCode;
import io.cardverification.verification.VerificationFailure.Reason;
import io.cardverification.verification.VerificationResult;

/** Without a ledger no request is admitted. */
class UnavailableLedgerTest {

    private final StubCalls calls = new StubCalls();
    private final StubQuotas quotas = new StubQuotas();
    private final StubLedger ledger = new StubLedger();
    private final VerificationPipeline verifier = TestPipeline.of(calls, quotas, ledger, Clock.systemUTC(),
            System::nanoTime);

    private Answer verify() {
        return TestPipeline.verify(verifier, "6226090210146748", "one", false, "key");
    }

    @Test
    void requests_are_rejected_without_a_call_or_a_quota() {
        ledger.available = false;
        var refusal = verify().failure();
        assertThat(refusal.reason()).isEqualTo(Reason.LEDGER_UNAVAILABLE);
        assertThat(refusal.charge()).isEqualTo(Charge.NOT_SENT);
        assertThat(refusal.retryAfter()).isPresent();
        assertThat(calls.opened).isEmpty();
        assertThat(quotas.inProgress()).isZero();
        assertThat(verifier.inFlight()).isZero();
    }

    @Test
    void a_rejected_key_can_be_used_later() {
        ledger.available = false;
        verify();
        ledger.available = true;
        var asked = verify();
        calls.latest().end(completion());
        assertThat(asked.result().metadata().reusedAfter()).isEmpty();
    }

    @Test
    void admitted_requests_are_answered_and_recorded() {
        var asked = verify();
        ledger.available = false;
        calls.latest().end(completion());
        assertThat(asked.result().requestId()).isEqualTo("id");
        assertThat(ledger.written).singleElement().satisfies(entry -> assertThat(entry.completion().charge())
                .isEqualTo(Charge.CHARGED));
    }

    private static Completion completion() {
        return new VerificationResult(ResultCode.of("0").orElseThrow(), "passed", "id");
    }
}
