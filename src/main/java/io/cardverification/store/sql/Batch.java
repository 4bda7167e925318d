package io.cardverification.store.sql;

import java.util.List;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * The operations of one transaction. A repetition has no effect if the transaction was committed before.
 *
 * <p>
 * The process' row has the number of its last batch. So the batch learns, after the connection broke during a commit, whether
 * it was committed, and its results are those of that time. Rejected: operations that have the same effect when repeated. An
 * increment has not.
 *
 * <p>
 * Threads: one at a time.
 */
final class Batch {

    static final int MAX_OPERATIONS = 64;

    private final long process;
    private final long number;
    private final List<Operation> operations;
    private final int size;
    private List<Runnable> followers = List.of();

    /** @param size how many operations were added: some of these are several in one */
    Batch(long process, long number, List<Operation> operations, int size) {
        this.process = process;
        this.number = number;
        this.operations = operations;
        this.size = size;
    }

    int size() {
        return size;
    }

    /** @return what follows the commit */
    Uni<List<Runnable>> run(Sql sql, long nowMillis) {
        return ProcessTable.advance(sql, process, number, nowMillis)
                .chain(isNew -> isNew ? runAll(sql) : Uni.createFrom().item(followers));
    }

    private Uni<List<Runnable>> runAll(Sql sql) {
        return Multi.createFrom().iterable(operations)
                .onItem().transformToUniAndConcatenate(operation -> operation.isAbandoned()
                        ? Uni.createFrom().item(Operation.NOTHING)
                        : operation.run(sql))
                .collect().asList()
                .invoke(results -> followers = results);
    }
}
