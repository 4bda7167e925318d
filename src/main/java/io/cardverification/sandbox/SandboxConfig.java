package io.cardverification.sandbox;

import java.time.Duration;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The sandbox of this process. */
@ConfigMapping(prefix = "gateway.sandbox")
public interface SandboxConfig {

    /** Whether it runs at all. On in the profiles {@code dev}, {@code test} and {@code sandbox}; never in production. */
    @WithDefault("false")
    boolean enabled();

    /** The address that it listens on. Anything but the default lets other machines in. */
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

    /** Arrivals that it takes in any sliding second; the next is refused with {@code RequestLimitExceeded}. At least 1. */
    @WithDefault("20")
    int limit();

    /** How long each request is under way before it is counted, as over a network. Zero or more. */
    @WithDefault("0s")
    Duration delay();

    /** What is added to the delay at random, exponentially distributed with this mean. Zero or more. */
    @WithDefault("0s")
    Duration jitter();

    /** How long it thinks before each answer, after it has counted the arrival. Zero or more. */
    @WithDefault("0s")
    Duration latency();
}
