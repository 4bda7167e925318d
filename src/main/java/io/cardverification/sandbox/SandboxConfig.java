package io.cardverification.sandbox;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The settings of the sandbox in this process. */
@ConfigMapping(prefix = "gateway.sandbox")
public interface SandboxConfig {

    /**
     * Whether the sandbox runs. True in the profiles {@code dev}, {@code test} and {@code sandbox}; never true in production.
     */
    @WithDefault("false")
    boolean enabled();

    /**
     * The address that the sandbox listens on; {@code localhost} is 127.0.0.1 and, if the machine has IPv6, ::1. Any other
     * value than the default may admit other machines.
     */
    @WithDefault("localhost")
    String host();

    /** The port that the sandbox listens on, 1 to 65535. */
    @WithDefault("8090")
    int port();

    /** The SecretId that the sandbox accepts. */
    @WithDefault("AKIDSANDBOXEXAMPLE")
    String secretId();

    /** The SecretKey of that SecretId. Valid for the sandbox only. */
    @WithDefault("SANDBOXEXAMPLEKEY")
    String secretKey();

    /** The session token that must accompany the key; if absent, a request must have none. */
    Optional<String> token();

    /** Requests that the sandbox admits in a second; it rejects the next with {@code RequestLimitExceeded}. At least 1. */
    @WithDefault("20")
    int limit();

    /** How a second is counted: {@code sliding-window}, the strictest; {@code fixed-window}; or {@code token-bucket}. */
    @WithDefault("sliding-window")
    Policer.LimitAlgorithm limitAlgorithm();

    /** Simulated network delay of each request before it is counted. Zero to 60 s. */
    @WithDefault("0s")
    Duration delay();

    /** Random addition to the delay, exponentially distributed with this mean. Zero to 60 s. */
    @WithDefault("0s")
    Duration jitter();

    /** Median processing time of a response, after the request is counted. Zero to 60 s. */
    @WithDefault("0s")
    Duration latency();

    /**
     * The 99th percentile of the processing time (lognormal). Zero to 60 s; below the median, each response takes the median.
     */
    @WithDefault("0s")
    Duration latencyP99();

    /**
     * Offset of the sandbox's clock from this machine's; negative if it is behind. Affects the time of signature checks and the
     * {@code Date} of responses only. -24 to 24 h.
     */
    @WithDefault("0s")
    Duration clockOffset();

    /**
     * Verifications of each name, ID number and card in a day of China's time; above it the result is -18. Zero disables the
     * limit.
     */
    @WithDefault("500")
    int dailyLimit();

    /**
     * Faults to inject, such as {@code 5% never-answer,1% error InternalError}; the first rule that applies to a request
     * counts.
     */
    Optional<List<String>> faults();

    /** Seed of all random values; if absent, each start differs. */
    Optional<Long> seed();
}
