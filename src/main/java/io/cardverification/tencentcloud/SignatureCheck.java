package io.cardverification.tencentcloud;

import java.util.Optional;

import io.cardverification.tencentcloud.AuthenticationResult.Parameters;
import io.cardverification.tencentcloud.AuthenticationResult.Rejected;

/** The checks of one signature version, in the order in which {@link RequestAuthenticator} calls them. */
sealed interface SignatureCheck permits SignatureV1Check, SignatureV3Check {

    /** @return the first missing common parameter that is required, by its plain name */
    Optional<String> missingParameter();

    String action();

    String version();

    /** @return the rejection of a signature that cannot be parsed */
    Optional<Rejected> malformedAuthorization();

    String secretId();

    /** The timestamp as sent. */
    String timestamp();

    /** @return whether the signature is valid; compares in constant time */
    boolean isValid(VerificationKey key, long timestamp);

    /** Finds the mistake that explains an invalid signature. Costs a few dozen hashes. */
    String diagnosis(VerificationKey key, long timestamp);

    Optional<String> token();

    Parameters parameters() throws FormParameters.MalformedFormException;
}
