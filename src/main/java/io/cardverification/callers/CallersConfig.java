package io.cardverification.callers;

import java.util.Map;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;

/** Who may ask. */
@ConfigMapping(prefix = "gateway.callers")
public interface CallersConfig {

    /** By name; callers take turns by it. Not a person's. */
    Map<String, Caller> named();

    /** One that is known. */
    interface Caller {

        /**
         * The SecretId that this gateway has issued to the caller for the SDK door: 1 to 64 letters, digits and underscores,
         * each caller another. Opens nothing at Tencent Cloud.
         */
        Optional<String> secretId();

        /** The SecretKey of that SecretId; one goes with the other. */
        Optional<String> secretKey();
    }
}
