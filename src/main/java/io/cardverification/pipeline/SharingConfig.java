package io.cardverification.pipeline;

import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How requests are identified, and which callers share calls and cached answers. */
@ConfigMapping(prefix = "gateway.sharing")
public interface SharingConfig {

    /**
     * The key of all fingerprints; at least 32 characters from a secret random source. With the same secret, the ledger's lines
     * of the same values have the same fingerprint after a restart. Without it the store {@code file} generates one and keeps
     * it, and with the store {@code memory} every process generates its own.
     */
    Optional<String> secret();

    /**
     * Whether callers share calls in progress and cached answers with each other. Each caller always shares with itself;
     * callers without a key are one caller. Sharing saves charges. It reveals to a caller that another caller has asked about
     * the same person: by {@code shared}, {@code reused}, an equal {@code requestId} or a shorter wait.
     */
    @WithDefault("false")
    boolean acrossCallers();
}
