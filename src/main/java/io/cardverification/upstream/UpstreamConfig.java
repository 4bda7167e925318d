package io.cardverification.upstream;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

import io.cardverification.tencentcloud.encryption.FieldCipher;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The upstream's address, credentials, retries and encryption. Timeouts and the pool are the REST client's own settings. */
@ConfigMapping(prefix = "gateway.upstream")
public interface UpstreamConfig {

    /**
     * The upstream's address, {@code https} unless it is a sandbox. The log and a header of every response call it a sandbox,
     * unless it is an {@code https} address under {@code tencentcloudapi.com}. So simulated results are never mistaken for real
     * ones.
     */
    @WithDefault("https://faceid.intl.tencentcloudapi.com")
    URI endpoint();

    /** From the Tencent Cloud console. Usually set as {@code TENCENTCLOUD_SECRET_ID}. Required. */
    Optional<String> secretId();

    /** From the Tencent Cloud console. Usually set as {@code TENCENTCLOUD_SECRET_KEY}. Required. */
    Optional<String> secretKey();

    /** The session token of temporary keys (STS). Usually set as {@code TENCENTCLOUD_TOKEN}. */
    Optional<String> token();

    /**
     * From the permit to the end of the response. After it the gateway gives up, and the charge is unknown. Longer than the
     * client's connect and read timeouts together, since those reveal more: a request that fails by them before it is sent is
     * known to cost nothing.
     */
    @WithDefault("13s")
    Duration answerTimeout();

    /**
     * The maximum number of retries after attempts that certainly cost nothing: no connection, an error code about the
     * upstream's own problems, result -17. Rejections by the rate limit do not count. 0 to 10.
     */
    @WithDefault("3")
    int retries();

    /**
     * The pause before the first retry; it doubles with each further one. A retry needs a new permit within the caller's
     * maximum wait ({@code Prefer: wait}, {@code gateway.pacing.max-wait}). If the remaining wait is shorter than the pause,
     * the caller gets the failure at once. Above zero, to a minute.
     */
    @WithDefault("200ms")
    Duration retryBackoff();

    /**
     * Whether requests with an unknown charge are retried, too. If the first attempt was charged, the second is charged again;
     * the response reports both ({@code unknownAttempts}). Use it only if an answer is worth more than a second charge.
     */
    @WithDefault("false")
    boolean retryUnknown();

    /** {@code zh-CN} or {@code en-US}: the language of the upstream's descriptions; absent for the upstream's default. */
    Optional<Language> language();

    /** Encrypts every request before it is sent. Without it, requests are protected by TLS only. */
    Optional<Encryption> encryption();

    CircuitBreaker circuitBreaker();

    /** How requests are encrypted. */
    interface Encryption {

        /** {@code AES-256-CBC}, whose key is wrapped by RSA, or {@code SM4-GCM}, whose key is wrapped by SM2. */
        FieldCipher algorithm();

        /** The upstream's public key, RSA or SM2 to fit the algorithm: PEM, or its Base64 content. */
        String publicKey();
    }

    /** When the gateway stops sending requests, because too many failed. */
    interface CircuitBreaker {

        /** Without it every request waits for the timeouts of an upstream that does not answer. */
        @WithDefault("true")
        boolean enabled();

        /** The number of recent requests that are counted; 20 are one second at the default limit. 1 to 100,000. */
        @WithDefault("20")
        int requestVolumeThreshold();

        /** The ratio of failures that opens the circuit breaker. Above 0, to 1. */
        @WithDefault("0.5")
        double failureRatio();

        /** How long requests are rejected before one is sent as a probe. 1 ms to 10 minutes. */
        @WithDefault("5s")
        Duration delay();

        /** The number of successful probes that close the circuit breaker. 1 to 100,000. */
        @WithDefault("1")
        int successThreshold();
    }

    /** The values of {@code X-TC-Language}. */
    enum Language {
        ZH_CN("zh-CN"),
        EN_US("en-US");

        private final String tag;

        Language(String tag) {
            this.tag = tag;
        }

        @Override
        public String toString() {
            return tag;
        }
    }
}
