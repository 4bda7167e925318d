package io.cardverification.sandbox;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The sandbox of this process. */
@ConfigMapping(prefix = "gateway.sandbox")
public interface SandboxConfig {

    /** Whether it runs at all. On in the profiles {@code dev}, {@code test} and {@code sandbox}; never in production. */
    @WithDefault("false")
    boolean enabled();

    /**
     * The address that it listens on; {@code localhost} is 127.0.0.1 and, where there is IPv6, ::1. Anything but the default
     * lets
     * other machines in.
     */
    @WithDefault("localhost")
    String host();

    /** The port that it listens on, 1 to 65535. */
    @WithDefault("8090")
    int port();

    /** The SecretId that it knows. */
    @WithDefault("AKIDSANDBOXEXAMPLE")
    String secretId();

    /** The SecretKey of that SecretId. Opens nothing but the sandbox. */
    @WithDefault("SANDBOXEXAMPLEKEY")
    String secretKey();

    /** The session token that must come with the key; where absent, a request must have none. */
    Optional<String> token();

    /** Arrivals that it takes in a second; the next is refused with {@code RequestLimitExceeded}. At least 1. */
    @WithDefault("20")
    int limit();

    /** How a second is read: {@code sliding}, the strictest; {@code fixed}; or {@code bucket}. */
    @WithDefault("sliding")
    Policer.LimitAlgorithm policer();

    /** How long each request is under way before it is counted, as over a network. Zero to 60 s. */
    @WithDefault("0s")
    Duration delay();

    /** What is added to the delay at random, exponentially distributed with this mean. Zero to 60 s. */
    @WithDefault("0s")
    Duration jitter();

    /** How long it thinks before each answer, after it has counted the arrival: the median. Zero to 60 s. */
    @WithDefault("0s")
    Duration latency();

    /** What the slowest of a hundred answers takes (lognormal). Zero to 60 s; below the median, all take the median. */
    @WithDefault("0s")
    Duration latencyP99();

    /**
     * How far its clock is ahead of this machine's, where negative behind: of the time that signatures are checked against and
     * of the {@code Date} of its answers, and nothing else. -24 to 24 h.
     */
    @WithDefault("0s")
    Duration clockOffset();

    /**
     * How often each name, ID number and card may be asked about in a day of China's time; past it the result is -18. Zero
     * lifts it.
     */
    @WithDefault("500")
    int dailyLimit();

    /** What goes wrong, such as {@code 5% never-answer,1% error InternalError}; the first that befalls a request counts. */
    Optional<List<String>> faults();

    /** Of everything that is random; where absent, every start is another. */
    Optional<Long> seed();
}
