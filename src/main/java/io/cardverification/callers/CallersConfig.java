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

/** Who may ask. */
@ConfigMapping(prefix = "gateway.callers")
public interface CallersConfig {

    /**
     * Whether who brings no key is let in at the front door, as the caller {@code everyone}, with no limit of its own. Saying
     * yes lets whoever reaches the port spend the company's money. A wrong key is refused all the same.
     */
    @WithDefault("false")
    boolean anonymous();

    /**
     * A properties file with more of {@link #named}, by their full keys, such as a mounted secret: in UTF-8, at most 1 MiB,
     * with
     * a line feed at its end. Taken anew when it has changed and two checks have found it the same, as a whole or, where it
     * breaks a rule, not at all: then those who were known before stay known, an error is logged, and
     * {@code gateway_callers_file_refused} is 1. At the start, one that breaks a rule, or is being written, refuses it.
     */
    Optional<Path> file();

    /** How often it is looked at, 1 s to an hour. What is taken out of it is let in for up to twice that. */
    @WithDefault("10s")
    Duration fileCheck();

    /**
     * By name, which is in metrics and in the ledger: 1 to 64 letters, digits, {@code .}, {@code _} and {@code -}; not a
     * person's, and not {@code everyone}. Callers take turns by it.
     */
    Map<String, CallerConfig> named();

    /** One that is known. */
    interface CallerConfig {

        /**
         * The SHA-256 of each API key with which it may come to the front door, in hexadecimal. Two, while one takes the
         * other's place.
         */
        Optional<List<String>> keyHashes();

        /**
         * The SecretId that this gateway has issued to the caller for the SDK door: 1 to 64 letters, digits and underscores,
         * each caller another. Opens nothing at Tencent Cloud.
         */
        Optional<String> secretId();

        /** The SecretKey of that SecretId; one goes with the other. */
        Optional<String> secretKey();

        /** In which it may wait; at the SDK door, interactive if it may. */
        @WithDefault("interactive,batch")
        Set<Lane> lanes();

        /** How many of its requests leave in a row where others wait, too: its share beside theirs. 1 to 10. */
        @WithDefault("1")
        int weight();

        /** How many of its requests may wait for their answers at a time, at least 1; more are refused. No limit if absent. */
        OptionalInt mostWaiting();

        /**
         * How many verifications it may have charged in a day (China's), zero or more; then it is refused until the next one.
         * What waits, or may have been charged, counts. No limit if absent. Counted since the start of the process.
         */
        OptionalInt chargesPerDay();
    }
}
