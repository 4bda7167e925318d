package io.cardverification.sharing;

import java.time.Duration;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What is kept of questions and answers, and for how long. All of it in memory: a restart forgets. */
@ConfigMapping(prefix = "gateway.sharing")
public interface SharingConfig {

    /**
     * By which questions are hashed wherever they are kept or written down; at least 32 characters, of a secret random source.
     * The same secret lets the ledger's lines of one question be told to be that over restarts; where absent, every process
     * draws its own.
     */
    Optional<String> secret();

    /**
     * Whether callers share identical questions in flight, and kept answers, with each other. Each caller always shares with
     * itself; callers without a key are one caller. If true, it saves charges; and {@code shared}, {@code reused}, an equal
     * {@code requestId} or a shorter wait tell a caller that another caller has asked about the same person.
     */
    @WithDefault("false")
    boolean acrossCallers();

    Idempotency idempotency();

    Reuse reuse();

    /** {@code Idempotency-Key}. */
    interface Idempotency {

        /**
         * For how long a key is known after its question ended. Who repeats it later asks, and pays, anew. 1 s to 7 days.
         */
        @WithDefault("1h")
        Duration keep();

        /**
         * How many keys are kept at most, about 600 bytes each (measured). A caller that has three times as many as are free
         * gets no new one (503), since what cannot be remembered may be paid twice. So one caller has at most three quarters:
         * keep that above the pacing's ceiling x keep, 72,000 at 20/s for an hour. 1 to 10,000,000.
         */
        @WithDefault("100000")
        int most();
    }

    /**
     * For how long an answer serves the same question again; zero for not at all. Longer saves money and may miss
     * that the bank thinks otherwise now. Zero to 30 days each. {@code Cache-Control: no-cache} asks anew.
     */
    interface Reuse {

        @WithDefault("0s")
        Duration passed();

        @WithDefault("0s")
        Duration mismatch();

        @WithDefault("0s")
        Duration cardUnusable();

        @WithDefault("0s")
        Duration inputRejected();

        /**
         * Whether result -18, "exceeded verification attempts, please retry the next day", is believed until the next day
         * begins in China. Saying no asks in vain, but for nothing.
         */
        @WithDefault("true")
        boolean untilNextDay();

        /** How many answers are kept at most, about 450 bytes each (measured); the oldest go first. 1 to 10,000,000. */
        @WithDefault("100000")
        int most();
    }
}
