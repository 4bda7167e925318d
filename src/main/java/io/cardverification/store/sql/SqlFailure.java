package io.cardverification.store.sql;

/** A database rejected a statement or was not reached. Without stack trace, since an outage causes many. */
public final class SqlFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String reason;

    /** @param reason in words, without secrets and without values of rows */
    public SqlFailure(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }

    /** The class name of another exception. */
    public static String reason(Throwable failure) {
        return failure instanceof SqlFailure known ? known.reason : failure.getClass().getSimpleName();
    }
}
