package io.cardverification.tencentcloud;

import java.util.Optional;

import io.cardverification.tencentcloud.AuthenticationResult.Parameters;
import io.cardverification.tencentcloud.AuthenticationResult.Rejected;

/** A request read by the rules of one signature version: what {@link RequestAuthenticator} asks of it, in this order. */
sealed interface SignatureCheck permits SignatureV1Check, SignatureV3Check {

    /** @return the first required common parameter that is missing, by its plain name */
    Optional<String> missingParameter();

    String action();

    String version();

    /** @return what is wrong with the way the signature is given, if it cannot even be read */
    Optional<Rejected> malformedAuthorization();

    String secretId();

    /** As sent. */
    String timestamp();

    /** @return whether the signature is good; compared in constant time */
    boolean isValid(VerificationKey key, long timestamp);

    /** Finds the mistake that explains a bad signature. Costs a few dozen hashes. */
    String diagnosis(VerificationKey key, long timestamp);

    Optional<String> token();

    Parameters parameters() throws FormParameters.MalformedFormException;
}
