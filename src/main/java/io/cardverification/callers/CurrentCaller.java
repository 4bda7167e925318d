package io.cardverification.callers;

/** Who asks. Replaced by a bean of an application's own where callers are told apart. Threads: any; never blocks. */
public interface CurrentCaller {

    /** @return the name of whoever sent the current request; not a person's */
    String name();
}
