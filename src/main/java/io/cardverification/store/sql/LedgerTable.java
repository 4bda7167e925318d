package io.cardverification.store.sql;

import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.cardverification.verification.BillingDay;
import io.cardverification.verification.Completion;
import io.cardverification.verification.Ledger;
import io.cardverification.verification.VerificationFailure;
import io.cardverification.verification.VerificationFailure.Reason;
import io.cardverification.verification.VerificationResult;
import io.smallrye.mutiny.Uni;

/** The ledger's entries. Rows are only added. */
final class LedgerTable {

    private LedgerTable() {
    }

    /** @param number unique within the process */
    static Uni<Void> append(Sql sql, long process, long number, Ledger.Entry entry, Instant at) {
        var completion = entry.completion();
        var metadata = completion.metadata();
        return sql.run("""
                insert into ledger (process, number, at, day, caller, fingerprint, last_four, result, error, upstream_code,
                request_id, charge, attempts, unknown_attempts, waited_millis, shared, reused, caller_disconnected, initiator)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)""",
                process, number, at.toEpochMilli(), BillingDay.of(at).toString(), entry.caller(), entry.fingerprint(),
                entry.lastFour(), result(completion), error(completion), upstreamCode(completion),
                requestId(completion), completion.charge().label(), (long) metadata.attempts(),
                (long) metadata.unknownAttempts(), metadata.waited().toMillis(), flag(metadata.shared()),
                flag(metadata.reusedAfter().isPresent()), flag(entry.callerDisconnected()), entry.initiator())
                .replaceWithVoid();
    }

    private static @Nullable String result(Completion completion) {
        return completion instanceof VerificationResult result ? result.code().code() : null;
    }

    /** A disconnected caller is a column of its own. */
    private static @Nullable String error(Completion completion) {
        return completion instanceof VerificationFailure failure && failure.reason() != Reason.CALLER_DISCONNECTED
                ? failure.label()
                : null;
    }

    private static @Nullable String upstreamCode(Completion completion) {
        return completion instanceof VerificationFailure failure ? failure.upstreamCode().orElse(null) : null;
    }

    private static @Nullable String requestId(Completion completion) {
        return completion.<Optional<String>> fold(result -> Optional.of(result.requestId()), VerificationFailure::requestId)
                .orElse(null);
    }

    private static long flag(boolean value) {
        return value ? 1 : 0;
    }
}
