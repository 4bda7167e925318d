package io.cardverification.cloudapi;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.cardverification.callers.SdkCredentials;
import io.cardverification.tencentcloud.Action;
import io.cardverification.tencentcloud.Credentials;
import io.cardverification.tencentcloud.RequestAuthenticator;
import io.cardverification.verification.CallOptions;

/** The credentials and the authenticator of all SDK callers. Threads: immutable. */
final class SdkCallers {

    private final List<SdkCredentials> sdkCredentials;
    private final RequestAuthenticator authenticator;
    private final Map<String, SdkCredentials> bySecretId;

    SdkCallers(List<SdkCredentials> sdkCredentials) {
        this.sdkCredentials = sdkCredentials;
        this.authenticator = new RequestAuthenticator(Action.BANK_CARD_VERIFICATION, sdkCredentials.stream()
                .map(pair -> new Credentials(pair.secretId(), pair.secretKey(), null)).toList());
        this.bySecretId = sdkCredentials.stream()
                .collect(Collectors.toUnmodifiableMap(SdkCredentials::secretId, Function.identity()));
    }

    /** Returns this object if the credentials are unchanged. */
    SdkCallers withCredentials(List<SdkCredentials> current) {
        return current == sdkCredentials ? this : new SdkCallers(current);
    }

    RequestAuthenticator authenticator() {
        return authenticator;
    }

    /**
     * The options of a call by an SDK, which has no headers for priority and maximum wait. The caller's default lane and the
     * gateway's maximum wait apply.
     *
     * @param secretId a known SecretId
     */
    CallOptions callOptions(String secretId, boolean bypassCache) {
        var caller = bySecretId.get(secretId);
        if (caller == null) {
            throw new IllegalArgumentException("a SecretId is unknown after its signature was accepted");
        }
        return new CallOptions(caller.caller().defaultLane(), caller.caller(), null, bypassCache, null);
    }
}
