package io.cardverification.upstream;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

import io.cardverification.tencentcloud.encryption.FieldCipher;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where verifications are sent, and with whose key. Timeouts and the pool are the REST client's own settings. */
@ConfigMapping(prefix = "gateway.upstream")
public interface UpstreamConfig {

    /**
     * The upstream's address, {@code https} unless it is a sandbox. Whatever is not an {@code https} address under
     * {@code tencentcloudapi.com} is called a sandbox in the log and in a header of every answer, so that made-up answers are
     * never taken for real ones.
     */
    @WithDefault("https://faceid.intl.tencentcloudapi.com")
    URI endpoint();

    /** From the Tencent Cloud console. Usually given as {@code TENCENTCLOUD_SECRET_ID}. Without it nothing starts. */
    Optional<String> secretId();

    /** From the Tencent Cloud console. Usually given as {@code TENCENTCLOUD_SECRET_KEY}. Without it nothing starts. */
    Optional<String> secretKey();

    /** Only for temporary keys (STS): their session token. Usually given as {@code TENCENTCLOUD_TOKEN}. */
    Optional<String> token();

    /**
     * From the permit to the end of the answer. Past it the request is given up and its charge is unknown. Above the client's
     * own connect and read timeouts together, which tell more: what fails by those before it was sent is known not to be.
     */
    @WithDefault("13s")
    Duration answerTimeout();

    /**
     * How often a question is asked again at most after an attempt that is proven to have cost nothing: never connected, an
     * error code of the upstream's own trouble, result -17. What the limit refuses is not counted here. 0 to 10.
     */
    @WithDefault("3")
    int retries();

    /**
     * How long a question rests before it is asked again; each more rest is twice as long. It takes a new permit within its
     * caller's patience ({@code Prefer: wait}, {@code gateway.pacing.max-wait}), and where that is too short for the rest, the
     * caller is told at once. Above zero, to a minute.
     */
    @WithDefault("200ms")
    Duration retryBackoff();

    /**
     * Whether a question is asked again, too, whose charge is unknown. Its cost: what was charged unseen is charged once more,
     * and both is told ({@code unknownAttempts}). Say yes only where an answer is worth more than that.
     */
    @WithDefault("false")
    boolean retryUnknown();

    /** {@code zh-CN} or {@code en-US}: the language of the upstream's descriptions; its own choice where absent. */
    Optional<Language> language();

    /** Encrypts every question before it leaves; where absent, questions leave as they came, inside TLS. */
    Optional<Encryption> encryption();

    /** How questions are encrypted. */
    interface Encryption {

        /** {@code AES-256-CBC}, whose key travels by RSA, or {@code SM4-GCM}, whose key travels by SM2. */
        FieldCipher algorithm();

        /** The upstream's, RSA or SM2 as the algorithm has it: PEM, or its Base64 without the lines around it. */
        String publicKey();
    }

    /** What {@code X-TC-Language} may say. */
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
