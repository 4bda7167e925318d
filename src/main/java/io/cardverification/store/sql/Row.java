package io.cardverification.store.sql;

import java.nio.ByteBuffer;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.cardverification.verification.Fingerprint;

/** The columns of one row, counted from zero. */
public final class Row {

    private final @Nullable Object[] columns;

    /** @param columns of type {@code Number}, {@code String} or {@code byte[]}, or null */
    public Row(@Nullable Object... columns) {
        this.columns = columns;
    }

    public boolean isNull(int column) {
        return columns[column] == null;
    }

    public long number(int column) {
        return ((Number) present(column)).longValue();
    }

    public String text(int column) {
        return (String) present(column);
    }

    public @Nullable String textOrNull(int column) {
        return (String) columns[column];
    }

    public Fingerprint fingerprint(int column) {
        return new Fingerprint(ByteBuffer.wrap((byte[]) present(column)).asReadOnlyBuffer());
    }

    private Object present(int column) {
        return Objects.requireNonNull(columns[column]);
    }
}
