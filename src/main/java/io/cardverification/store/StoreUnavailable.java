package io.cardverification.store;

/** The store could not be read or written in time. Without stack trace, since an outage causes many. */
public final class StoreUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1;

    public StoreUnavailable(String reason) {
        super(reason, null, false, false);
    }
}
