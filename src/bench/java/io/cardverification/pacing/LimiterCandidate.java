package io.cardverification.pacing;

import java.util.function.Consumer;

/** A way to keep to 20 requests a second, as its own documentation would have a user write it. */
interface LimiterCandidate extends AutoCloseable {

    String name();

    /**
     * @param done receives true if the upstream accepted the request, and false for every other end
     * @return cancels, as a caller does who goes away
     */
    Runnable ask(int card, Consumer<Boolean> done);

    /** Nothing is sent any more. */
    @Override
    void close();
}
