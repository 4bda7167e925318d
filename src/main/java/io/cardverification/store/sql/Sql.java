package io.cardverification.store.sql;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.smallrye.mutiny.Uni;

/** Runs statements in their order, each after the end of the one before. */
@FunctionalInterface
public interface Sql {

    /**
     * @param parameters of type {@code Long}, {@code String} or {@code byte[]}, or null
     * @return the rows of a query or of {@code RETURNING}
     */
    Uni<List<Row>> run(String sql, @Nullable Object... parameters);
}
