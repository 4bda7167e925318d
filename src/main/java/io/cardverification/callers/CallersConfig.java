package io.cardverification.callers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import io.cardverification.verification.Lane;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The callers and their limits. */
@ConfigMapping(prefix = "gateway.callers")
public interface CallersConfig {

    /**
     * Lets requests without an API key use the REST API as the caller {@code anonymous}, which has no limit. With {@code true}
     * every client that reaches the port can spend the company's money. The gateway still rejects a wrong key.
     */
    @WithDefault("false")
    boolean anonymous();

    /**
     * A properties file with more entries of {@link #named} under their full keys, for example a mounted secret. The file is
     * UTF-8, at most 1 MiB, and ends with a line feed. The gateway applies a change after two checks have read the same
     * content. If a file breaks a rule, the gateway keeps its callers, logs an error, and sets {@code
     * gateway_callers_file_rejected} to 1. The start fails if the file breaks a rule or is being written.
     */
    Optional<Path> file();

    /** The interval between two checks of the file, 1 s to an hour. A removed key stays valid for up to twice this interval. */
    @WithDefault("10s")
    Duration reloadPeriod();

    /**
     * The callers by name, which appears in metrics and in the ledger. A name has 1 to 64 letters, digits, {@code .}, {@code
     * _} and {@code -}. It must not be a person's name or {@code anonymous}. The queue serves the callers in turns by name.
     */
    Map<String, CallerConfig> named();

    /** The settings of one caller. */
    interface CallerConfig {

        /** The SHA-256 of each API key of the caller, in hexadecimal. Two hashes allow a rotation without downtime. */
        Optional<List<String>> keyHashes();

        /**
         * The SecretId that this gateway has issued to the caller for the Tencent Cloud API. It has 1 to 64 letters, digits
         * and underscores, and is unique. It is not valid at Tencent Cloud.
         */
        Optional<String> secretId();

        /** The SecretKey of that SecretId. Both must be set, or neither. */
        Optional<String> secretKey();

        /**
         * The lanes that the caller may use. Requests through the Tencent Cloud API are interactive if the caller may use that
         * lane.
         */
        @WithDefault("interactive,batch")
        Set<Lane> lanes();

        /** The caller's share beside other callers: how many of its requests the queue serves in one turn. 1 to 10. */
        @WithDefault("1")
        int weight();

        /** The maximum number of waiting requests, at least 1; the gateway rejects more. No limit if absent. */
        OptionalInt maxConcurrent();

        /**
         * The maximum number of charged verifications in a day in China, zero or more. After that the gateway rejects requests
         * until the next day. Waiting requests and possible charges count. No limit if absent. The count starts with the
         * process.
         */
        OptionalInt chargesPerDay();
    }
}
