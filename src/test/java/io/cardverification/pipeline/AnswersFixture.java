package io.cardverification.pipeline;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.cardverification.verification.Completion;
import io.cardverification.verification.ResultCode;
import io.cardverification.verification.VerificationResult;

/** A pipeline with a stopped clock and stubs, and requests for one person's cards. */
abstract class AnswersFixture {

    static final Completion PASSED = result("0");

    final StoppedClock clock = new StoppedClock(Instant.parse("2026-11-24T10:00:00Z"));
    final StubCalls calls = new StubCalls();
    final StubLedger ledger = new StubLedger();
    VerificationPipeline verifier = verifier();

    VerificationPipeline verifier(String... settings) {
        return TestPipeline.of(calls, new StubQuotas(), ledger, clock, clock, settings);
    }

    static Completion result(String code) {
        return new VerificationResult(ResultCode.of(code).orElseThrow(), code, "id");
    }

    Answer verify(String card, String caller, boolean bypassCache, @Nullable String key) {
        return TestPipeline.verify(verifier, card, caller, bypassCache, key);
    }

    Answer verify(String card, @Nullable String key) {
        return verify(card, "caller", false, key);
    }
}
