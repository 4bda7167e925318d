package io.cardverification.tencentcloud;

import java.util.Optional;

import io.cardverification.tencentcloud.Receipt.Parameters;
import io.cardverification.tencentcloud.Receipt.Refusal;

/** A request read by the rules of one signature version: what {@link Reception} asks of it, in this order. */
sealed interface Signed permits SignedV1, SignedV3 {

    /** @return the first required common parameter that is missing, by its plain name */
    Optional<String> missing();

    String action();

    String version();

    /** @return what is wrong with the way the signature is given, if it cannot even be read */
    Optional<Refusal> illegible();

    String secretId();

    /** As sent. */
    String timestamp();

    /** @return whether the signature is good; compared in constant time */
    boolean isGood(KnownKey key, long timestamp);

    /** Finds the slip that explains a bad signature. Costs a few dozen hashes. */
    String diagnosis(KnownKey key, long timestamp);

    Optional<String> token();

    Parameters parameters() throws Form.Malformed;
}
