package io.cardverification.store.sql;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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

    private static final String INSERT = """
            insert into ledger (process, number, at, day, caller, fingerprint, last_four, result, error, upstream_code,
            request_id, charge, attempts, unknown_attempts, waited_millis, shared, reused, caller_disconnected, initiator)
            values\s""";
    private static final int COLUMNS = 19;
    /** Both engines accept some more parameters. */
    private static final int MAX_ROWS_OF_A_STATEMENT = 256;

    private LedgerTable() {
    }

    /** @param number unique within the process */
    static Uni<Void> append(Sql sql, long process, long number, Ledger.Entry entry, Instant at) {
        return append(sql, List.of(new LedgerRow(process, number, entry, at)));
    }

    /**
     * Each statement has a power of two of rows, since a connection keeps each text prepared. A row that exists stays: it must
     * not block the writer for ever.
     */
    static Uni<Void> append(Sql sql, List<LedgerRow> rows) {
        var size = Math.min(Integer.highestOneBit(rows.size()), MAX_ROWS_OF_A_STATEMENT);
        return size == 0 ? Uni.createFrom().voidItem()
                : sql.run(INSERT + values(size) + " on conflict (process, number) do nothing",
                        rows.stream().limit(size).flatMap(LedgerTable::columns).toArray())
                        .chain(() -> append(sql, rows.subList(size, rows.size())));
    }

    private static String values(int rows) {
        return IntStream.range(0, rows).mapToObj(row -> IntStream.rangeClosed(1, COLUMNS)
                .mapToObj(column -> "$" + (row * COLUMNS + column)).collect(Collectors.joining(", ", "(", ")")))
                .collect(Collectors.joining(", "));
    }

    private static Stream<@Nullable Object> columns(LedgerRow row) {
        var entry = row.entry();
        var completion = entry.completion();
        var metadata = completion.metadata();
        return Stream.of(row.process(), row.number(), row.at().toEpochMilli(), BillingDay.of(row.at()).toString(),
                entry.caller(), entry.fingerprint(), entry.lastFour(), result(completion), error(completion),
                upstreamCode(completion), requestId(completion), completion.charge().label(), (long) metadata.attempts(),
                (long) metadata.unknownAttempts(), metadata.waited().toMillis(), flag(metadata.shared()),
                flag(metadata.reusedAfter().isPresent()), flag(entry.callerDisconnected()), entry.initiator());
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
